"""The tender: its nouns, its file, its rules, and all that is published from it."""
