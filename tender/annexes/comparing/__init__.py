"""What protection costs a bidder: each way to protect, by the risk that is left and by how far a price moves."""
