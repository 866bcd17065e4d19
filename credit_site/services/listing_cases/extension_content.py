"""What a case keeps of its extensions, and what of them everybody may read.

Names begin with ``PENDING`` from the notice on, with ``DONE`` once the end has moved. What stands
no more (replaced by a later one, withdrawn, not decided on) is kept below ``PAST`` and its number
in the case, for its papers were served.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from credit_site.domain.listing_rules import ExtensionDates
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Basis

PENDING, DONE, PAST = "extension_", "extended_", "past_extension_"
PUBLIC = ("extension_number", "extended_on", "extension_basis")
"""Fields of the register that say on which decision an entry stands longer, and on what."""
DECISION = ("decision", "decided", "decider", "reasons", "agreement", "agreed")
"""What a decision adds to what the notice said."""
_DAYS = ("decided", "agreed", "served")
Content = dict[str, str]


def extensions(content: Mapping[str, str]) -> dict[int, Mapping[str, str]]:
    """What is written of each extension that the subject was told of, by its number in the case."""
    return {nth: _under(content, begins) for nth, begins in _places(content).items()}


def pending(content: Mapping[str, str], name: str) -> str:
    """What stands in an extension under way; "" for nothing."""
    return content.get(PENDING + name, "")


def tell(content: Content, **said: str) -> None:
    """A notice: it replaces one that nothing came of; the same one again changes nothing."""
    if said.items() <= _under(content, PENDING).items():
        return
    nth = max(extensions(content), default=0) + 1
    shelve(content, PENDING)
    add(content, nth=str(nth), **said)


def add(content: Content, **said: str) -> None:
    """Writes into an extension under way."""
    content |= {PENDING + name: text for name, text in said.items()}


def forget(content: Content, *names: str) -> None:
    """What falls away of an extension under way."""
    for name in names:
        content.pop(PENDING + name, None)


def shelve(content: Content, begins: str, **withdrawal: str) -> None:
    """An extension that stands no more is kept, with what withdrew it.

    A decision that never took effect is not: nobody was told of it.
    """
    if begins == PENDING:
        forget(content, *DECISION)
    if not _under(content, begins):
        return
    nth = next(number for number, place in _places(content).items() if place == begins)
    _move(content, begins, _past(nth))
    content |= {_past(nth) + name: text for name, text in withdrawal.items()}


def close(content: Content, before: date | None, served: date) -> None:
    """The end has moved: what was decided stands, and no more what stood before."""
    shelve(content, DONE)
    _move(content, PENDING, DONE)
    content[DONE + "before"] = before.isoformat() if before else ""
    content[DONE + "served"] = served.isoformat()


def reopen(content: Content, **withdrawal: str) -> None:
    """The last extension is withdrawn: the one before it stands again, where there was one."""
    shelve(content, DONE, **withdrawal)
    stood = [
        nth
        for nth, said in extensions(content).items()
        if said.get("served") and not said.get("withdrawal")
    ]
    if stood:
        _move(content, _past(max(stood)), DONE)


def dates_in(content: Mapping[str, str]) -> ExtensionDates:
    """The days of the extension under way, or of the one that stands."""
    said = _under(content, PENDING) or _under(content, DONE)
    days = {name: date.fromisoformat(said[name]) for name in _DAYS if said.get(name)}
    agreed = days.get("agreed", days.get("served"))
    return ExtensionDates(days.get("decided"), agreed, days.get("served"))


def public_words(content: Mapping[str, str], law: Iterable[Basis]) -> dict[str, str]:
    """The register's fields on the extension that stands; none where nothing was prolonged.

    ``law`` is what lets an entry stand longer. One that was decided before its decision was kept
    says nothing.
    """
    if not content.get(DONE + "decision"):
        return {}
    basis = "；依据".join((_facts(content), *(f"{one.document}，{one.article}" for one in law)))
    said = (content[DONE + "decision"], content[DONE + "decided"], basis)
    return dict(zip(PUBLIC, said, strict=True))


def extension_in(content: Mapping[str, JsonValue]) -> dict[str, str]:
    """What an entry says of its extension: no file has it, and a correction leaves it."""
    return {name: str(said) for name in PUBLIC if (said := content.get(name))}


def _facts(content: Mapping[str, str]) -> str:
    because, kind = content.get(DONE + "because", ""), content.get(DONE + "restriction", "")
    if not kind:
        return f"期内再次失信（{because}）"
    return f"{kind}（{because}），限制至 {content[DONE + 'restricted_until']}"


def _places(content: Mapping[str, str]) -> dict[int, str]:
    """Under which beginning an extension is written, by its number."""
    tail = {name.removeprefix(PAST).partition("_")[0] for name in content if name.startswith(PAST)}
    found = {int(nth): _past(int(nth)) for nth in tail}
    for begins in (DONE, PENDING):
        if said := _under(content, begins):
            found[int(said.get("nth") or max(found, default=0) + 1)] = begins
    return dict(sorted(found.items()))


def _past(nth: int) -> str:
    return f"{PAST}{nth}_"


def _under(content: Mapping[str, str], begins: str) -> dict[str, str]:
    return {n.removeprefix(begins): t for n, t in content.items() if n.startswith(begins)}


def _move(content: Content, before: str, after: str) -> None:
    """Everything under one beginning goes under another, which is free."""
    for name, text in _under(content, before).items():
        del content[before + name]
        content[after + name] = text
