"""What tests of every room share: databases, invented numbers."""
