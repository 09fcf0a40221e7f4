"""What a changed folder would change in its published version, shown to the person who decides."""

from __future__ import annotations

from tender.console import Console
from tender.language import Language
from tender.publishing.versions import Amendment, change_rows


def show_amendment(console: Console, amendment: Amendment) -> None:
    """Print every change with the proposed way, then the clauses, the forms and the proposal."""
    console.say("versions.changed", version=amendment.base.publication.version)
    for row in change_rows(amendment.changes):
        label, before, after = (text.best(console.language) for text in (row.label, row.before, row.after))
        way = console.words(f"change-class.{row.proposed.value}")
        topic = console.words(f"change-topic.{row.topic.value}")
        console.line(f"  {label}: {before} → {after}")
        console.line(f"      {topic}: {way} [{row.basis}]")
    for clause in amendment.clauses:
        title = clause.title.best(console.language)
        document = clause.document_title.best(console.language)
        fate = console.words(f"clause-fate.{clause.fate.value}")
        console.line(f"  {document} {clause.number} {title} ({clause.clause}): {fate}")
    console.say("versions.form-changed" if amendment.form_changed else "versions.form-same")
    console.say("versions.proposal", proposed=console.words(f"change-class.{amendment.proposed.value}"))
    console.line()


def amendment_json(amendment: Amendment | None, language: Language) -> dict[str, object]:
    """The same for machines; empty when nothing would change."""
    if amendment is None:
        return {}
    rows = zip(amendment.changes, change_rows(amendment.changes), strict=True)
    return {
        "proposed": amendment.proposed.value,
        "form_changed": amendment.form_changed,
        "changes": [
            {
                "field": change.data.path,
                "label": row.label.best(language),
                "before": row.before.best(language),
                "after": row.after.best(language),
                "topic": row.topic.value,
                "proposed": row.proposed.value,
                "basis": row.basis,
            }
            for change, row in rows
        ],
        "clauses": [
            {"document": one.document, "clause": one.clause, "fate": one.fate.value} for one in amendment.clauses
        ],
    }
