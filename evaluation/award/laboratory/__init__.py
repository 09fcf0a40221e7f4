"""The laboratory: what a price formula will do, looked at before publication, in exact numbers."""
