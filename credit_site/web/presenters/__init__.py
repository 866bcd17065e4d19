"""Plain view objects: what templates show, in the rulebook's words."""
