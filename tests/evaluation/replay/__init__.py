"""Tests of evaluation.replay."""
