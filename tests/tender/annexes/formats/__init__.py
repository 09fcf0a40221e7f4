"""Tests of the annex's formats."""
