"""Read: from a snapshot to typed rows of the landing contracts, one reader per format."""
