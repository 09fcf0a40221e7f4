"""The design of price weights and prices: a linear proposal inside the buyer's ranges, re-checked exactly."""
