"""Tests of the market dialogue."""
