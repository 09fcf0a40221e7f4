"""Tests of evaluation.acts."""
