"""Documents: clauses under one layout, filled from a tender, as one semantic HTML and one archival, tagged PDF.

The way of a document: `tender.documents.catalogue` says what it is, a context holds what it prints,
`tender.documents.pages` renders its clauses, `tender.documents.pdf` writes it.
"""
