"""Tests of the scoring formulas."""
