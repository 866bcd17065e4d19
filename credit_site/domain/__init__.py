"""Pure rules of the field: no web, no database."""
