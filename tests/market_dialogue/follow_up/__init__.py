"""Tests of the follow-up room."""
