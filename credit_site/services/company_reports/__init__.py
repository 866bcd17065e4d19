"""Credit reports of companies: made, kept by number, verified."""
