"""What somebody said, by the titles of the form that it was said in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wtforms import Form

from credit_site.domain.matters import MatterKind
from credit_site.domain.rulebook import load_rulebook
from credit_site.web.matters.forms import (
    AnnouncedForm,
    ObjectionForm,
    RepairForm,
    ScreeningForm,
    TipForm,
)
from credit_site.web.matters.wording import WISHES
from credit_site.web.presenters.words import spoken_day

FORMS: Mapping[MatterKind, type[Form]] = {
    MatterKind.OBJECTION: ObjectionForm,
    MatterKind.REPAIR: RepairForm,
    MatterKind.SCREENING: ScreeningForm,
    MatterKind.TIP: TipForm,
}
ANNOUNCED = "announced"
"""Under this name stands whom an objection to an announcement is about."""
COMMITMENT, VERSION = "commitment", "commitment_version"
_OPTIONAL = "（可以不填）"


def asked_of(kind: MatterKind, content: Mapping[str, str]) -> list[tuple[str, str]]:
    """Title and text of everything that was said, in the order of the form of that kind."""
    form = AnnouncedForm if ANNOUNCED in content else FORMS[kind]
    titles = {ANNOUNCED: "拟列入的主体"} if ANNOUNCED in content else {}
    titles |= {one.name: str(one.label.text).replace(_OPTIONAL, "") for one in form()}
    titles |= {COMMITMENT: "承诺", VERSION: "承诺书的版本"} if COMMITMENT in titles else {}
    return [
        (title, _spoken(name, content[name])) for name, title in titles.items() if content.get(name)
    ]


def _spoken(name: str, text: str) -> str:
    book = load_rulebook()
    match name:
        case "topic" if text in book.tip_topics:
            return book.tip_topics[text].name
        case "division":
            return book.divisions[text].name if text in book.divisions else "只在网上"
        case "wish":
            return WISHES.get(text, text)
        case "commitment_version":
            day = text.rpartition("/")[2]
            return f"{spoken_day(date.fromisoformat(day))}起使用的文本"
        case _:
            return text
