"""Tests of the deadlines room."""
