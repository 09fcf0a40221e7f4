"""Draws the watermarks of drafts and rehearsals: ``python -m tests.tender.documents.watermarks``.

A watermark is a picture and not text, so that no reader takes it for words of the page and no copy carries it. It has
no alpha channel, which PDF/A would let in but many printers would not.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

STYLES = Path(__file__).parents[3] / "templates" / "styles"
SIZE = (910, 1287)
"""Pixels of a page of A4 at 110 to the inch."""
GREY, PAPER = 240, 255
ANGLE = 55
WORDS = {
    "draft-fi": ("LUONNOS", "ei sido tilaajaa"),
    "draft-sv": ("UTKAST", "binder inte beställaren"),
    "draft-en": ("DRAFT", "does not bind the buyer"),
    "trial-fi": ("KOEJULKAISU", "ei sido tilaajaa"),
    "trial-sv": ("PROVPUBLICERING", "binder inte beställaren"),
    "trial-en": ("TRIAL", "does not bind the buyer"),
}


def watermark(big: str, small: str) -> Image.Image:
    """`big` and below it `small`, slantwise over the page, in four greys of a palette."""
    side = 1500
    canvas = Image.new("L", (side, side), PAPER)
    draw = ImageDraw.Draw(canvas)
    for text, weight, size, height in ((big, "Semibold", 170, -40), (small, "Regular", 66, 80)):
        font = ImageFont.truetype(STYLES / "fonts" / f"SourceSans3-{weight}.ttf", size)
        width = draw.textlength(text, font=font)
        font = font.font_variant(size=min(size, int(size * 1080 / width)))
        draw.text((side / 2, side / 2 + height), text, fill=GREY, font=font, anchor="mm")
    turned = canvas.rotate(ANGLE, resample=Image.Resampling.BICUBIC, fillcolor=PAPER)
    left, top = (side - SIZE[0]) // 2, (side - SIZE[1]) // 2
    page = turned.crop((left, top, left + SIZE[0], top + SIZE[1]))
    return page.point(lambda grey: round((grey - GREY) / 5) * 5 + GREY).quantize(4)


def main(names: list[str]) -> None:
    """Draw the watermarks that are named, or all that are not there yet."""
    for name, words in WORDS.items():
        path = STYLES / f"{name}.png"
        if name in names or not path.exists():
            watermark(*words).save(path, optimize=True, bits=2)


if __name__ == "__main__":
    main(sys.argv[1:])
