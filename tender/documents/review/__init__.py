"""What a reviewer wrote into a DOCX: tracked changes and comments, clause by clause."""

from tender.documents.review.nouns import Edit, Remark, RemarkKind, Review
from tender.documents.review.reading import read_review

__all__ = ["Edit", "Remark", "RemarkKind", "Review", "read_review"]
