"""Guards for untrusted files, before any parser of a file format opens them.

Each guard costs little and refuses with one `tender.errors.InputError` that names the file and the part. Nothing is
unpacked to disk and nothing is followed.
"""

from tender.guards.archives import LIMITS, MIB, Limits, Package, guard_size, open_zip
from tender.guards.markup import Deaf, Listener, read_xml
from tender.guards.names import as_text, excerpt, guard_name, inside, safe_name
from tender.guards.office import open_workbook
from tender.guards.word import Node, open_document, read_tree

__all__ = [
    "LIMITS",
    "MIB",
    "Deaf",
    "Limits",
    "Listener",
    "Node",
    "Package",
    "as_text",
    "excerpt",
    "guard_name",
    "guard_size",
    "inside",
    "open_document",
    "open_workbook",
    "open_zip",
    "read_tree",
    "read_xml",
    "safe_name",
]
