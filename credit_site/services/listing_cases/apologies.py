"""An apology is public and outlives the entry: it says nothing of who it was."""

from __future__ import annotations

import re
from collections.abc import Iterable

from credit_site.domain.identifiers import normalise_code
from credit_site.domain.validation.private_parts import private_parts
from credit_site.services.reviewing import NotPossible

_PLACE = re.compile(r"^[一-龥]{2,3}?(?:省|市)(?:[一-龥]{1,3}?(?:市|区|县))?|^(?:河南|郑州)")
_FORM = re.compile(
    r"(?:[（(][^（）()]*[）)])|(?:股份|有限|责任|集团|总)*公司$|(?:经营部|商行|中心|店|厂|合作社)$"
)
_PERSON = re.compile(r"[一-龥](?:某{1,2}|[一-龥]{0,2})(?:先生|女士|小姐|同志|经理|老板|总经理)")
_SHORTEST = 2
_LONGEST = 500
_TOLD = 4
"""So many characters in a row of a longer name tell whose it is."""


def public_apology(text: str, names: Iterable[str], others: Iterable[str]) -> str:
    """The apology as it is published; ``names`` and ``others`` it must not say.

    Raises NotPossible where there is none, or where it tells who it was.
    """
    if not text.strip():
        raise NotPossible("列入有误的，请写明向当事人致歉的内容，会随移出公告公开。")
    if says_who(text, names, others):
        raise NotPossible(
            "移出后公开的内容里不再出现主体的名称（简称）和代码、人名、电话和住址，请从致歉内容里删去。"
        )
    return text.strip()[:_LONGEST]


def says_who(text: str, names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether it holds a name, a shortened name, a code, a person, a telephone or a home."""
    plain = "".join(text.split())
    if any(one and one in plain for one in (*others, *names)):
        return True
    if any(code and code in normalise_code(text) for code in others):
        return True
    if any(part in plain for name in names for part in _shortened(name)):
        return True
    return bool(_PERSON.search(plain)) or next(iter(private_parts(text)), None) is not None


def _shortened(name: str) -> list[str]:
    """What people call a company: its name without place and form, and longer parts of it."""
    core = _FORM.sub("", _PLACE.sub("", _FORM.sub("", name)))
    if len(core) < _SHORTEST:
        return []
    parts = [core[at : at + _TOLD] for at in range(len(core) - _TOLD + 1)]
    return [core, *parts]
