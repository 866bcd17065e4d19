"""Assessment of bureaus: counts of a month, reports that are published, early warnings."""
