"""Bids to an award, an award to a contract, a contract to its payments and its impact."""
