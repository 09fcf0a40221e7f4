"""The annex in every format it is published in, all from one `tender.model.annex.Annex`.

The data package is the annex's own form: it is written, edited by people, read back and audited. The others (PX,
XLSX, JSON-stat, a catalogue record, a read-me) are written from it and never read.
"""
