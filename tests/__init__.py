"""Tests of Valinta; they mirror the packages."""
