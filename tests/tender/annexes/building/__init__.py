"""Tests of the way from true counts to an annex that may be published."""
