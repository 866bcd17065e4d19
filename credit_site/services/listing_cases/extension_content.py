"""What a case keeps of an extension, and what of it everybody may read.

Names begin with ``PENDING`` from the notice on, with ``DONE`` once the end has moved; what an
earlier extension said is kept below ``EARLIER``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from credit_site.domain.public_form import JsonValue

PENDING, DONE, EARLIER = "extension_", "extended_", "earlier_extended_"
PUBLIC = ("extension_number", "extended_on", "extension_basis")
"""Fields of the register that say on which decision an entry stands longer, and on what."""
DECISION = ("decision", "decided", "decider", "reasons", "agreement")
"""What a decision adds to what the notice said."""


def pending(content: Mapping[str, str], name: str) -> str:
    """What stands in an extension under way; "" for nothing."""
    return content.get(PENDING + name, "")


def add(content: dict[str, str], **said: str) -> None:
    """Writes into an extension under way."""
    content |= {PENDING + name: text for name, text in said.items()}


def forget(content: dict[str, str], *names: str) -> None:
    """What is withdrawn of an extension under way; without names all of it."""
    for name in [name for name in content if name.startswith(PENDING)]:
        if not names or name.removeprefix(PENDING) in names:
            del content[name]


def close(content: dict[str, str], before: date | None, served: date) -> None:
    """The end has moved: what was decided stands, what stood before is an earlier one."""
    _move(content, DONE, EARLIER)
    _move(content, PENDING, DONE)
    content[DONE + "before"] = before.isoformat() if before else ""
    content[DONE + "served"] = served.isoformat()


def reopen(content: dict[str, str]) -> None:
    """The last extension is withdrawn: an earlier one stands again."""
    _move(content, EARLIER, DONE)


def public_words(content: Mapping[str, str]) -> dict[str, str]:
    """The register's fields on the extension that stands; none where nothing was prolonged.

    One that was decided before its decision was kept says nothing.
    """
    if not content.get(DONE + "decision"):
        return {}
    said = (content[DONE + "decision"], content[DONE + "decided"], _basis(content))
    return dict(zip(PUBLIC, said, strict=True))


def extension_in(content: Mapping[str, JsonValue]) -> dict[str, str]:
    """What an entry says of its extension: no file has it, and a correction leaves it."""
    return {name: str(said) for name in PUBLIC if (said := content.get(name))}


def _basis(content: Mapping[str, str]) -> str:
    because, kind = content.get(DONE + "because", ""), content.get(DONE + "restriction", "")
    if not kind:
        return f"期内再次失信（{because}）"
    return f"{kind}（{because}），限制至 {content[DONE + 'restricted_until']}"


def _move(content: dict[str, str], before: str, after: str) -> None:
    """Everything under one beginning goes under another, whose own is dropped."""
    moved = {n.removeprefix(before): t for n, t in content.items() if n.startswith(before)}
    for name in [name for name in content if name.startswith((before, after))]:
        del content[name]
    content |= {after + name: text for name, text in moved.items()}
