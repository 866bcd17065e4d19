"""``/bureau/warnings``: sudden rises and repeat offenders, and what was done about them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.early_warning import terms_on
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.assessment.noting import LONGEST, NoteView, note_warning, notes_on
from credit_site.services.assessment.repeats import MOST, Repeated, repeat_offenders
from credit_site.services.reviewing import NotPossible
from credit_site.web.assessment.reading import rises
from credit_site.web.bodies import form_text, form_text_again
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.bureau.names import names_of
from credit_site.web.frame import words
from credit_site.web.presenters.early_warnings import RiseWords, WarningPresenter
from credit_site.web.presenters.records import Line


@dataclass(frozen=True, slots=True)
class Noted:
    """What was done about a warning, the newest first; ``more`` came since the newest note."""

    notes: tuple[NoteView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """A repeat offender with the records that show it."""

    one: Repeated
    lines: tuple[Line, ...]


@needs(Permission.ASSESS_READ)
def index() -> str:
    """All warnings of today."""
    return _index()


@needs(Permission.ASSESS)
def note() -> AnyResponse | tuple[str, int]:
    """Notes what was done about one of them."""
    about, said = form_text("about"), form_text("words")
    number = _standing().get(about)
    try:
        if number is None:
            raise NotPossible("这条提示已经不在了：数据有了变化，请看现在的情况。")
        note_warning(db.session(), about, number, said, actor(), clock.now())
    except NotPossible as problem:
        return _index(str(problem), about, form_text_again("words")), 422
    flash("处置情况已经登记。")
    return redirect(url_for("bureau.warnings"), code=303)


def _repeated() -> list[Repeated]:
    return repeat_offenders(db.session(), vault(), load_rulebook(), clock.today())


def _standing() -> dict[str, int]:
    """The warnings there are, by what they are about, with their counts."""
    found = {one.about: one.number for one in rises()}
    return found | {one.about: one.number for one in _repeated()}


def _index(error: str = "", about: str = "", said: str = "") -> str:
    book, today = load_rulebook(), clock.today()
    risen, repeated, presenter = rises(), _repeated(), WarningPresenter(book)
    standing = [*(one.about for one in risen), *(one.about for one in repeated)]
    kept = notes_on(db.session(), standing)
    shown: list[tuple[RiseWords, Noted]] = [
        (presenter.rise(one), _noted(kept, one.about, one.number)) for one in risen
    ]
    again = [
        (
            RepeatedLine(one, tuple(map(words().line, one.records))),
            _noted(kept, one.about, one.number),
        )
        for one in repeated
    ]
    return render_template(
        "bureau/warnings.html",
        error=error,
        about=about if about in standing else "",
        said=said,
        rises=shown,
        repeated=again,
        most=MOST,
        longest=LONGEST,
        terms=terms_on(today, book),
        basis=book.rule("early_warning").on(today).basis,
        writes=account().may(Permission.ASSESS),
        people=names_of(one.actor for notes in kept.values() for one in notes),
    )


def _noted(kept: dict[str, list[NoteView]], about: str, number: int) -> Noted:
    notes = tuple(kept.get(about, ()))
    return Noted(notes, max(0, number - notes[0].number) if notes else 0)
