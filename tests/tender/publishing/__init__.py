"""Tests of tender.publishing."""
