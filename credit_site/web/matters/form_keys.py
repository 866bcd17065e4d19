"""The form's own name for itself: sent twice it is one matter; made by us, and not in a second.

Machines that fill in forms do it at once and do not read the field that people never see: so spam
is held off without asking anybody to read distorted letters.
"""

from __future__ import annotations

import base64
import re
import secrets
from datetime import datetime

from credit_site.vault import Vault

SHORTEST_SECONDS = 3
LONGEST_SECONDS = 24 * 3600
TRAP = "homepage"
"""The field that nobody sees; whoever fills it in is a machine."""
_KEY = re.compile(r"([A-Za-z0-9_-]{16})\.([0-9]{10})\.([A-Za-z0-9_-]{22})")


def new_key(vault: Vault, now: datetime) -> str:
    """A key for a form that is shown now."""
    drawn, second = secrets.token_urlsafe(12), f"{int(now.timestamp()):010d}"
    return f"{drawn}.{second}.{_mark(vault, drawn, second)}"


def key_problem(vault: Vault, text: str, trap: str, now: datetime) -> str:
    """In Chinese what is wrong with a form that came back; "" where nothing is."""
    found = _KEY.fullmatch(text)
    if found is None or found[3] != _mark(vault, found[1], found[2]):
        return "表单已经失效，请核对内容以后再提交一次。"
    age = now.timestamp() - int(found[2])
    if age > LONGEST_SECONDS:
        return "表单打开得太久了，请核对内容以后再提交一次。"
    if trap or age < SHORTEST_SECONDS:
        return "提交得太快了，请核对内容，过几秒再提交一次。"
    return ""


def short_key(text: str) -> str:
    """The part by which the form is known afterwards, 27 characters."""
    return text.rpartition(".")[0]


def _mark(vault: Vault, drawn: str, second: str) -> str:
    digest = vault.digest(f"public form\x1f{drawn}\x1f{second}".encode())
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
