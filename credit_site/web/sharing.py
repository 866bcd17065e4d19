"""Any page of any site may ask (Fetch standard, CORS): there is nothing here but what is public."""

from __future__ import annotations

from flask import Response, request

SHARED = ("/api/", "/data/", "/feeds/", "/ledger/", "/search.")
"""How the addresses begin that are for programs."""
FILES = (".bib", ".csv", ".json", ".jsonl", ".txt", ".xlsx")
"""How those of public files end."""
_DESK = "/bureau/"
EXPOSED = (
    "Allow, Content-Disposition, ETag, Last-Modified, Link, Location, RateLimit, RateLimit-Policy, "
    "Retry-After, WWW-Authenticate"
)
ACCEPTED = (
    "Accept, Authorization, Cache-Control, Content-Type, Idempotency-Key, If-Modified-Since, "
    "If-None-Match"
)
_REMEMBERED_SECONDS = "86400"


def share(response: Response) -> Response:
    """Opens the answers for programs, errors among them, and answers what browsers ask first."""
    if not _shared(request.path):
        return response
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS" and "Allow" in response.headers:
        response.headers["Access-Control-Allow-Methods"] = response.headers["Allow"]
        response.headers["Access-Control-Allow-Headers"] = ACCEPTED
        response.headers["Access-Control-Max-Age"] = _REMEMBERED_SECONDS
    else:
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
    return response


def _shared(path: str) -> bool:
    return f"{path}/".startswith(SHARED) or (path.endswith(FILES) and not path.startswith(_DESK))
