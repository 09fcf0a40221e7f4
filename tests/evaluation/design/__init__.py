"""Tests of the design of weights and of the flow of clients."""
