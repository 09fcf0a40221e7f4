"""Tests of the annexes."""
