"""How well bureaus disclose: what is counted, and how they are ranked by it."""
