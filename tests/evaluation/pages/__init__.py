"""Tests of the evaluation's pages."""
