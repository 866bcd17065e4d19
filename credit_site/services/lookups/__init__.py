"""Look-ups by departments before they decide: answers with receipts, feedback, statistics."""
