"""Tests of the panel's rules."""
