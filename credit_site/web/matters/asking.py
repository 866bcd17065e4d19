"""Bringing something forward: the form, its mistakes, the receipt."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse
from wtforms import Form

from credit_site.domain.matters import MatterKind
from credit_site.domain.repair import RepairTerms
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.list_pages import Announced, objectionable
from credit_site.services.matters.commitments import repair_commitment
from credit_site.services.matters.opening import (
    Receipt,
    SentFile,
    Wish,
    open_matter,
    whose_business,
)
from credit_site.services.matters.screened import repair_closed
from credit_site.services.matters.standing import open_repair
from credit_site.services.matters.terms import screening_barred, terms_of
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import allow_upload, form_fields, form_text
from credit_site.web.frame import words
from credit_site.web.gone import hidden_since, not_here, why_not_here
from credit_site.web.matters.form_keys import TRAP, key_problem, new_key, short_key
from credit_site.web.matters.forms import AGENT, hide_numbers
from credit_site.web.matters.kinds import (
    ANNOUNCEMENT,
    OBJECTION,
    REPAIR,
    SCREENING,
    TIP,
    Asking,
)
from credit_site.web.matters.pace import BRING, FULL, TOO_OFTEN
from credit_site.web.matters.papers import (
    AUTHORITY,
    MOST_BODY,
    MOST_FILES,
    MOST_MEBIBYTES,
    Paper,
    PaperProblem,
    checked_papers,
    stored,
)
from credit_site.web.matters.receipts import handed, ready
from credit_site.web.matters.said import ANNOUNCED, COMMITMENT, VERSION
from credit_site.web.parameters import MatterParameters, read
from credit_site.web.scans import ACCEPT
from credit_site.web.tally import allowed

Answer = str | tuple[str, int] | Response | AnyResponse
About = PublicRecord | Announced
_UNKNOWN = "没有找到这个公示编号。编号在公示页的“公示经过”里，是一个数字。"
_AUTHORITY_NEEDED = "代理人申请的，请附上授权委托书。"
_CONTACT = ("name", "role", "phone", "email")


class TooOften(Exception):
    """The visitor's address has brought enough forward for the time being."""


def object_to() -> Answer:
    """``/objections/new?record=ID``."""
    return _asked(OBJECTION)


def object_to_announced(case_id: int) -> Answer:
    """``/objections/announced/<case>``."""
    book, known = load_rulebook(), case_id < 1 << 62
    case = objectionable(db.session(), book, case_id, clock.today()) if known else None
    if case is None:
        abort(404)
    return _asked(ANNOUNCEMENT, case)


def repair() -> Answer:
    """``/repairs/new?record=ID``."""
    return _asked(REPAIR)


def screening() -> Answer:
    """``/screenings/new?record=ID``."""
    return _asked(SCREENING)


def tip() -> Answer:
    """``/tips/new``."""
    return _asked(TIP)


def _asked(asking: Asking, case: Announced | None = None) -> Answer:
    if request.method == "POST":
        return _sent(asking, case)
    wanted = read(MatterParameters).record if asking.about_record else 0
    about = _record(wanted)
    if wanted and about is None and not _hidden(asking, wanted):
        return not_here(wanted)
    form = asking.form(data={"record": wanted or None})
    return ready(_page(asking, form, about or case))


def _sent(asking: Asking, case: Announced | None) -> Answer:
    allow_upload(MOST_BODY)
    form = asking.form(form_fields())
    about = _record(_number(form)) if asking.about_record else case
    problems = _problems(asking, form, about)
    if problems:
        return _page(asking, form, about, problems), 422
    try:
        receipt = _opened(asking, form, _papers(asking, form), case)
    except (NotPossible, PaperProblem) as problem:
        return _page(asking, form, about, [str(problem)]), 422
    except TooOften:
        return _page(asking, form, about, [TOO_OFTEN]), 429
    except OSError:
        return _page(asking, form, about, [FULL]), 503
    return handed(receipt)


def _problems(asking: Asking, form: Form, about: About | None) -> list[str]:
    """What concerns no single field, or the fact that some field is wrong."""
    found = []
    if not form.validate():
        found.append("有几处需要改，请看下面标出的地方。")
    elif asking.about_record and about is None and not _hidden(asking, _number(form)):
        found.append(why_not_here(_number(form)) or _UNKNOWN)
    problem = key_problem(vault(), form_text("form_key"), form_text(TRAP), clock.now())
    return [*found, problem] if problem else found


def _opened(asking: Asking, form: Form, papers: list[Paper], case: Announced | None) -> Receipt:
    """Nothing is kept of what is not taken: the files are stored when all the rest was found good.

    Should it be refused in the last moment all the same, the daily duty finds them.
    """
    session, book, now = db.session(), load_rulebook(), clock.now()
    whose_business(session, book, _wish(asking, form, [], case), now.date())
    if not allowed("bring", BRING):
        raise TooOften
    wish = _wish(asking, form, stored(papers), case)
    return open_matter(session, vault(), book, wish, now)


def _papers(asking: Asking, form: Form) -> list[Paper]:
    """The files that came along, those that must come among them. Raises PaperProblem."""
    papers = checked_papers()
    if asking.papers_needed and not papers:
        raise PaperProblem(asking.papers_needed)
    authority = checked_papers(AUTHORITY, AUTHORITY) if "role" in form.data else []
    if form.data.get("role") == AGENT and not authority:
        raise PaperProblem(_AUTHORITY_NEEDED)
    return [*papers, *authority]


def _wish(asking: Asking, form: Form, files: list[SentFile], case: Announced | None) -> Wish:
    said = {name: _text(value) for name, value in form.data.items()}
    if said.get(COMMITMENT):
        said |= _commitment()
    if case is not None:
        said[ANNOUNCED] = case.subject_name
    contact = {name: said[name] for name in _CONTACT if said.get(name)}
    topic = load_rulebook().tip_topics.get(said.get("topic", ""))
    division = said.get("division", "")
    return Wish(
        kind=asking.kind,
        form_key=short_key(form_text("form_key")),
        agency=topic.agency if topic else "",
        contact=contact,
        content={name: text for name, text in said.items() if name not in _CONTACT and text},
        record_id=_number(form) or None,
        case_id=case.case_id if case else None,
        division=division if division in load_rulebook().divisions else "",
        topic=topic.slug if topic else "",
        files=files,
    )


def _commitment() -> dict[str, str]:
    """The words that are agreed to today, and which version of them."""
    text, version = repair_commitment(load_rulebook(), clock.today())
    return {COMMITMENT: text, VERSION: version}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else ""
    return "" if value is None else str(value).strip()


def _number(form: Form) -> int:
    value = form.data.get("record")
    return value if isinstance(value, int) and 0 < value < 1 << 62 else 0


def _record(number: int) -> PublicRecord | None:
    found = get(db.session(), number, clock.today()) if number else None
    return found if isinstance(found, PublicRecord) else None


def _page(
    asking: Asking, form: Form, about: About | None, problems: list[str] | None = None
) -> str:
    hide_numbers(form)
    return render_template(
        asking.template,
        asking=asking,
        fields=form,
        about=about,
        line=words().line(about) if isinstance(about, PublicRecord) else None,
        terms=_terms(asking, about),
        barred=_barred(about),
        hidden=_hidden(asking, _number(form)),
        closed=_closed(asking, _number(form)),
        authority=AUTHORITY,
        commitment=_commitment()[COMMITMENT],
        problems=problems or [],
        form_key=new_key(vault(), clock.now()),
        trap=TRAP,
        accept=ACCEPT,
        most_files=MOST_FILES,
        most_size=MOST_MEBIBYTES,
        today=clock.today(),
    )


def _hidden(asking: Asking, number: int) -> date | None:
    """Since when what a repair is asked for is screened; nothing of it is shown."""
    return hidden_since(number) if asking.kind is MatterKind.REPAIR else None


def _closed(asking: Asking, number: int) -> str:
    """Why no repair is asked for today: one is open, or it is screened; "" where it may be.

    What was filled in comes back with its form all the same: the number may be a slip of the pen.
    """
    if asking.kind is not MatterKind.REPAIR or request.method == "POST":
        return ""
    screened = repair_closed(db.session(), number, load_rulebook(), clock.today())
    return screened or (open_repair(db.session(), number) if number else "")


def _barred(about: About | None) -> str:
    """Why what it is about is not screened; "" where it may be, or where it is nothing yet."""
    if not isinstance(about, PublicRecord):
        return ""
    return screening_barred(about, load_rulebook())


def _terms(asking: Asking, about: About | None) -> RepairTerms | None:
    if not isinstance(about, PublicRecord) or asking.kind is not MatterKind.REPAIR:
        return None
    return terms_of(about, load_rulebook())
