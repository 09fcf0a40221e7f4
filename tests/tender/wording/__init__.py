"""Tests of the wording lint."""
