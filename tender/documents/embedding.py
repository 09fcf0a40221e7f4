"""Files inside a PDF as PDF/A-3 wants them: named, described, dated, and said what they are to the pages."""

from __future__ import annotations

from datetime import date

import pikepdf

from tender.documents.attachments import Attachment


def embed(pdf: pikepdf.Pdf, attachments: tuple[Attachment, ...], created: date) -> None:
    """Put `attachments` into `pdf`, in the order of their names.

    Args:
        pdf: The file.
        attachments: What to embed.
        created: The day that every one of them says it was made on.

    Raises:
        ValueError: Two of them have the same name.
    """
    by_name = {attachment.name: attachment for attachment in attachments}
    if len(by_name) != len(attachments):
        message = f"two attachments have the same name: {[attachment.name for attachment in attachments]}"
        raise ValueError(message)
    specs = [_embedded(pdf, by_name[name], created) for name in sorted(by_name)]
    if specs:
        pdf.Root.AF = pikepdf.Array(specs)


def _embedded(pdf: pikepdf.Pdf, attachment: Attachment, created: date) -> pikepdf.Object:
    """The file specification of `attachment`, now in `pdf`."""
    moment = f"D:{created:%Y%m%d}000000Z"
    spec = pikepdf.AttachedFileSpec(
        pdf,
        attachment.data,
        description=attachment.description,
        filename=attachment.name,
        mime_type=attachment.media_type,
        creation_date=moment,
        mod_date=moment,
    )
    spec.relationship = pikepdf.Name(f"/{attachment.relationship.value}")
    pdf.attachments[attachment.name] = spec
    return spec.obj
