"""How often one address may bring something forward or try a receipt."""

from __future__ import annotations

from flask import current_app
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from credit_site.web.clients import client_address

_STORE = "credit_site_pace"
BRING = tuple(parse_many("10 per hour; 30 per day"))
TRY = tuple(parse_many("20 per minute; 200 per hour"))
TOO_OFTEN = "这个网络地址提交得太频繁了，请过一会儿再来；急的事情请直接打电话给办理部门。"


def allowed(what: str, pace: tuple[RateLimitItem, ...]) -> bool:
    """Counts one more of this kind from the visitor's address; False where it is too many."""
    limiter = current_app.extensions.setdefault(_STORE, MovingWindowRateLimiter(MemoryStorage()))
    visitor = client_address()
    return all(limiter.hit(item, what, visitor) for item in pace)
