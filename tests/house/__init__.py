"""Tests of the house itself: its floors, its figures, its words, its documents."""
