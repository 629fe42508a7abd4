"""Text of digests: cleaning, reading as a reader should see it, and one escape function for each sink."""
