"""Tests of what protection costs a bidder."""
