"""Publishing: the wings of the tender composed into one folder, a manifest of hashes, and a line in the record.

The way: read → check → statements → documents, forms, methods → files → record.
"""
