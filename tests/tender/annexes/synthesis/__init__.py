"""Tests of synthetic registers."""
