"""Tests of the grouping of clients."""
