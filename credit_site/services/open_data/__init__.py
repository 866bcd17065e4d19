"""Open data: every register whole, in several forms, and what changed each day."""
