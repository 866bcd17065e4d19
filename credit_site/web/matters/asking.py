"""Bringing something forward: the form, its mistakes, the receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import abort, render_template, request
from wtforms import Form

from credit_site.domain.matters import MatterKind
from credit_site.domain.repair import RepairTerms
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.file_store import FileStore
from credit_site.services.matters.opening import Receipt, SentFile, Wish, open_matter
from credit_site.services.matters.terms import terms_of
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import allow_upload, form_fields, form_text
from credit_site.web.frame import site_settings, words
from credit_site.web.matters.form_keys import TRAP, key_problem, new_key, short_key
from credit_site.web.matters.forms import (
    ObjectionForm,
    RepairForm,
    ScreeningForm,
    TipForm,
    hide_numbers,
)
from credit_site.web.matters.pace import BRING, TOO_OFTEN
from credit_site.web.matters.papers import (
    MOST_BODY,
    MOST_FILES,
    MOST_MEBIBYTES,
    PaperProblem,
    kept_papers,
)
from credit_site.web.matters.wording import WISHES
from credit_site.web.parameters import MatterParameters, read
from credit_site.web.scans import ACCEPT
from credit_site.web.tally import allowed

Answer = str | tuple[str, int]
_CONTACT = ("name", "role", "phone", "email")
_FULL = "服务器现在存不下文件，没有收下。请稍后再试。"


@dataclass(frozen=True, slots=True)
class Asking:
    """What is particular to one kind: form, title, template, whether papers must come along."""

    kind: MatterKind
    form: Callable[..., Form]
    title: str
    template: str
    papers: str
    papers_needed: str = ""


OBJECTION = Asking(
    MatterKind.OBJECTION,
    ObjectionForm,
    "提出异议",
    "matters/objection.html",
    "证明材料（可以不附）",
)
REPAIR = Asking(
    MatterKind.REPAIR,
    RepairForm,
    "申请信用修复",
    "matters/repair.html",
    "已经履行义务的证明，例如缴款凭证、整改报告",
    "请附上已经履行义务的证明。",
)
SCREENING = Asking(
    MatterKind.SCREENING,
    ScreeningForm,
    "申请暂时屏蔽",
    "matters/screening.html",
    "法院批准重整计划的裁定书",
    "请附上法院的裁定书。",
)
TIP = Asking(
    MatterKind.TIP, TipForm, "举报侵权假冒", "matters/tip.html", "照片、截图、购物凭证（可以不附）"
)


def object_to() -> Answer:
    """``/objections/new?record=ID``."""
    return _asked(OBJECTION)


def repair() -> Answer:
    """``/repairs/new?record=ID``."""
    return _asked(REPAIR)


def screening() -> Answer:
    """``/screenings/new?record=ID``."""
    return _asked(SCREENING)


def tip() -> Answer:
    """``/tips/new``."""
    return _asked(TIP)


def _asked(asking: Asking) -> Answer:
    if request.method == "POST":
        return _sent(asking)
    wanted = read(MatterParameters).record
    about = _record(wanted) if asking.kind is not MatterKind.TIP else None
    if wanted and asking.kind is not MatterKind.TIP and about is None:
        abort(404)
    form = asking.form(data={"record": wanted or None})
    return _page(asking, form, about)


def _sent(asking: Asking) -> Answer:
    allow_upload(MOST_BODY)
    form = asking.form(form_fields())
    about = _record(_number(form)) if asking.kind is not MatterKind.TIP else None
    problems = _problems(asking, form, about)
    if problems:
        return _page(asking, form, about, problems), 422
    if not allowed("bring", BRING):
        return _page(asking, form, about, [TOO_OFTEN]), 429
    try:
        receipt = _opened(asking, form)
    except (NotPossible, PaperProblem) as problem:
        return _page(asking, form, about, [str(problem)]), 422
    except OSError:
        return _page(asking, form, about, [_FULL]), 503
    return render_template("matters/receipt.html", asking=asking, receipt=receipt)


def _problems(asking: Asking, form: Form, about: PublicRecord | None) -> list[str]:
    """What concerns no single field, or the fact that some field is wrong."""
    found = []
    if not form.validate():
        found.append("有几处需要改，请看下面标出的地方。")
    elif asking.kind is not MatterKind.TIP and about is None:
        found.append("没有找到这个公示编号。编号在公示页的“公示经过”里，是一个数字。")
    problem = key_problem(vault(), form_text("form_key"), form_text(TRAP), clock.now())
    return [*found, problem] if problem else found


def _opened(asking: Asking, form: Form) -> Receipt:
    files = kept_papers(_store(), asking.kind.value)
    if asking.papers_needed and not files:
        raise PaperProblem(asking.papers_needed)
    return open_matter(
        db.session(), vault(), load_rulebook(), _wish(asking, form, files), clock.now()
    )


def _wish(asking: Asking, form: Form, files: list[SentFile]) -> Wish:
    said = {name: _text(value) for name, value in form.data.items()}
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
        division=division if division in load_rulebook().divisions else "",
        topic=topic.slug if topic else "",
        files=files,
    )


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
    asking: Asking, form: Form, about: PublicRecord | None, problems: list[str] | None = None
) -> str:
    hide_numbers(form)
    return render_template(
        asking.template,
        asking=asking,
        fields=form,
        about=about,
        line=words().line(about) if about else None,
        terms=_terms(asking, about),
        problems=problems or [],
        form_key=new_key(vault(), clock.now()),
        trap=TRAP,
        accept=ACCEPT,
        most_files=MOST_FILES,
        most_size=MOST_MEBIBYTES,
        today=clock.today(),
    )


def _terms(asking: Asking, about: PublicRecord | None) -> RepairTerms | None:
    if about is None or asking.kind is not MatterKind.REPAIR:
        return None
    return terms_of(about, load_rulebook())


def _store() -> FileStore:
    return FileStore(site_settings().data_path / "files", vault())


def asked_of(content: Mapping[str, str]) -> list[tuple[str, str]]:
    """What somebody said, by the titles of the forms, in their order."""
    return [
        (title, _spoken(name, content[name]))
        for name, title in _titles().items()
        if content.get(name)
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
        case _:
            return text


def _titles() -> dict[str, str]:
    titles: dict[str, str] = {}
    for asking in (OBJECTION, REPAIR, SCREENING, TIP):
        for field in asking.form():
            titles.setdefault(field.name, str(field.label.text).replace("（可以不填）", ""))
    return titles | {"commitment": "承诺"}
