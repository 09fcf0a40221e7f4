"""Tests of tender.cli."""
