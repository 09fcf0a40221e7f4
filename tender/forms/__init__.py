"""Forms that go out to bidders and come back: written from a publication, read back against it."""
