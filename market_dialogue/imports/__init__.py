"""Answers that came by other ways than ours: exports of survey services, e-mail text and documents, read as data."""
