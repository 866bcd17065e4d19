"""Signing of web hooks, and when a delivery that failed is tried again.

Standard Webhooks 1.0.0: headers ``webhook-id``, ``webhook-timestamp`` and ``webhook-signature``;
HMAC-SHA256 over id, timestamp and body with points between them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from enum import StrEnum

_MARK = "whsec_"
_FIRST_PAUSE = timedelta(seconds=10)
_LONGEST_PAUSE = timedelta(hours=8)
_TRIPLED_AT_MOST = 10
_JITTER = 0.2
PATIENCE = timedelta(days=3)
"""How long a delivery that fails is tried again."""


class Wants(StrEnum):
    """What a subscriber wants to hear of."""

    ALL = "all"
    REGISTER = "register"
    AGENCY = "agency"
    LIST = "list"
    COMPANY = "company"


class HookState(StrEnum):
    """Where a subscriber stands; the last two are for good."""

    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"
    REVOKED = "revoked"


class PauseReason(StrEnum):
    """Why nothing is sent: somebody at the desk said so, or three days of failures."""

    DESK = "desk"
    FAILING = "failing"


class Kind(StrEnum):
    """What a delivery is: changes in their order, a test, or a range once more."""

    CHANGES = "changes"
    TEST = "test"
    AGAIN = "again"


class DeliveryState(StrEnum):
    """What became of a delivery; EMPTY: there was nothing left to say when it was to be sent."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    EMPTY = "empty"
    FAILED = "failed"
    DROPPED = "dropped"


def new_secret() -> str:
    """A secret as subscribers keep it: 32 random bytes in base64 behind ``whsec_``."""
    return _MARK + base64.b64encode(secrets.token_bytes(32)).decode()


def new_message_id() -> str:
    """The id of a message; it stays the same whenever the message is sent again."""
    return f"msg_{secrets.token_hex(12)}"


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """``v1,`` and the HMAC in base64; ``timestamp`` in seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(_MARK))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def pause_after(failures: int) -> timedelta:
    """How long to wait after so many failures: 10 s, tripled each time, at most 8 h, ± 20 %."""
    times: int = 3 ** min(failures - 1, _TRIPLED_AT_MOST)
    plain = min(_FIRST_PAUSE * times, _LONGEST_PAUSE)
    return plain * (1 + _JITTER * (2 * secrets.SystemRandom().random() - 1))
