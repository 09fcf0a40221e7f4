"""Risk groups of clients: points with their working, how well they fit, and what may be published of that."""
