"""Disclosure control: which counts would reveal somebody, what to hide for it, what can still be derived."""
