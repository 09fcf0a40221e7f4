"""How firmly an award stands: information for those who answer for it, after the ranking is locked, never before."""
