"""The award: who is admitted, how many points each tender earns, which providers are chosen; exact numbers only."""
