"""The design of a tender before it is published: price weights and prices, and how clients may flow."""
