"""What an answer varies with besides its address (HTTP, RFC 9110, 12.5.5)."""

from __future__ import annotations

from flask import Response


def vary_on(response: Response, *names: str) -> None:
    """Adds names of request headers to ``Vary``, each once."""
    said = response.headers.get("Vary", "")
    known = said.casefold().split(", ") if said else []
    more = [name for name in names if name.casefold() not in known]
    if more:
        response.headers["Vary"] = ", ".join([said, *more] if said else more)
