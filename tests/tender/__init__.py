"""Tests of the tender."""
