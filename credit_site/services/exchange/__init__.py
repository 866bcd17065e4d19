"""Exchange with other platforms: batches cut from the ledger, delivered, answered."""
