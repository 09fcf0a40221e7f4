"""Tests of the laboratory of price formulas."""
