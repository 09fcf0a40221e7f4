"""The contract room: what is paid and why, computed exactly by pure functions."""
