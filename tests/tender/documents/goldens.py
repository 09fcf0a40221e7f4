"""Writes the drawings and pages that were looked at: ``python -m tests.tender.documents.goldens``."""

from __future__ import annotations

from tender.documents.charts import draw
from tests.tender.documents.test_chapter import golden_page
from tests.tender.documents.test_charts import GOLDEN_CHARTS, GOLDENS


def main() -> None:
    """Write every golden file."""
    for name, chart in GOLDEN_CHARTS.items():
        (GOLDENS / f"{name}.svg").write_text(draw(chart, f"golden-{name}"), encoding="utf-8")
    (GOLDENS / "chapter.html").write_text(golden_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
