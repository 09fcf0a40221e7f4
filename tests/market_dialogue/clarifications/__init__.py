"""Tests of questions during the tender."""
