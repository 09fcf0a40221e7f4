"""Synthetic registers: invented client spells that reproduce declared anchors; SYNTHETIC in every row and file."""
