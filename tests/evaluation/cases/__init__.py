"""Documented cases, each a test that says what the product does about it."""
