"""Annexes of a tender: what bidders price from, so made that nobody is revealed."""
