"""Tests of the dialogue's pages."""
