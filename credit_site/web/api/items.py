"""A public record as the API gives it."""

from __future__ import annotations

from credit_site.services.public_items import item

__all__ = ["item"]
