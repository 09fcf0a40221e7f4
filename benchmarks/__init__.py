"""Measurements: whole runs with pytest-benchmark, ratios against a peer or a baseline in the same session."""
