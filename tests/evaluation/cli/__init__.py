"""Tests of evaluation.cli."""
