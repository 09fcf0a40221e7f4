"""Proofs that no better award exists: found with a solver's help, checked without one."""
