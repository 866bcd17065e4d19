"""The form of one decision: what was sent, and what is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from credit_site.domain.amounts import read_amount
from credit_site.domain.issues import Issue, Level
from credit_site.domain.masked_cells import shown_cell
from credit_site.domain.row_forms import (
    FormField,
    FormGroup,
    InputKind,
    chosen,
    fields_of,
    form_of,
    joined,
)
from credit_site.domain.rulebook import Layout, load_rulebook
from credit_site.services.decisions import Look
from credit_site.services.drafts import Typed
from credit_site.web.bodies import form_choices, form_text
from credit_site.web.frame import words
from credit_site.web.presenters.words import SEVERITIES, spoken_day


@dataclass(frozen=True, slots=True)
class Line:
    """An input with what stands in it; ``chosen`` for several choices at once."""

    field: FormField
    text: str
    chosen: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    type: str
    said: str
    issues: tuple[Issue, ...]

    @property
    def wrong(self) -> bool:
        """Whether it keeps the decision from being handed in."""
        return any(issue.level is Level.ERROR for issue in self.issues)


@dataclass(frozen=True, slots=True)
class Lines:
    """Inputs under one heading; ``filled``: something stands in one of them."""

    title: str
    lines: tuple[Line, ...]


def sent(layout: Layout, agency: str) -> Typed:
    """What came with the request."""
    texts = {}
    for field in fields_of(layout, load_rulebook()):
        values = form_choices(field.name)
        if values:
            several = field.kind is InputKind.CHOICES
            texts[field.name] = joined(values) if several else values[0]
    return Typed(
        form_text("token")[:64],
        _whole(form_text("draft")),
        _whole(form_text("version")),
        layout.name,
        agency,
        texts,
    )


def form_lines(
    layout: Layout, texts: Mapping[str, str], issues: tuple[Issue, ...] = ()
) -> list[Lines]:
    """The form filled in, with what is wrong beside each input."""
    return [_lines(group, texts, issues) for group in form_of(layout, load_rulebook())]


def whole(layout: Layout, issues: tuple[Issue, ...]) -> list[Issue]:
    """Issues of no column in particular."""
    titles = {column.title for column in layout.columns}
    return [issue for issue in issues if issue.column not in titles]


def answer_of(layout: Layout, texts: Mapping[str, str], look: Look) -> dict[str, object]:
    """What a live check says, for a script."""
    lines = [line for g in form_lines(layout, texts, look.issues) for line in g.lines]
    return {
        "fields": {
            line.field.name: [{"level": i.level, "message": i.message} for i in line.issues]
            for line in lines
        },
        "said": {line.field.name: line.said for line in lines if line.said},
        "whole": [{"level": i.level, "message": i.message} for i in whole(layout, look.issues)],
        "good": look.entry is not None,
        "outcome": outcome(look),
    }


def outcome(look: Look) -> list[str]:
    """What would become of it, in sentences; none while something is wrong."""
    entry = look.entry
    if entry is None:
        return []
    said = [_shown(look)]
    if look.ended:
        said.append("同一文号、同一当事人的记录已经终止公示，不能再报。")
    elif look.same:
        said.append(f"与已经公示的内容（公示编号 {look.known}）完全相同，不必再报。")
    elif look.known is not None:
        said.append(f"同一文号、同一当事人的决定已经公示（公示编号 {look.known}）：按变更处理。")
    return said


def _shown(look: Look) -> str:
    entry = look.entry
    assert entry is not None, "asked only of what is good"
    if entry.withheld:
        return entry.withheld
    until = f"至 {spoken_day(entry.publication_end)}" if entry.publication_end else "起，没有期限"
    start = spoken_day(entry.publication_start) if entry.publication_start > date.min else ""
    word = SEVERITIES.get(entry.severity)
    severity = f"失信程度“{word}”，" if word else ""
    branch = str(entry.content.get("branch") or "")
    basis = next((one.document for one in words().basis_of(entry.rule, branch)), "")
    by = f"（依据{basis}）" if basis else ""
    return f"按现在填写的内容：{severity}公示 {start}{until}{by}。"


def _lines(group: FormGroup, texts: Mapping[str, str], issues: tuple[Issue, ...]) -> Lines:
    return Lines(group.title, tuple(_line(field, texts, issues) for field in group.fields))


def _line(field: FormField, texts: Mapping[str, str], issues: tuple[Issue, ...]) -> Line:
    text = texts.get(field.name, "")
    shown = shown_cell(text, secret=field.kind is InputKind.PERSONAL)
    return Line(
        field,
        shown,
        tuple(chosen(shown)) if field.kind is InputKind.CHOICES else (),
        _options(field, shown),
        _type(field, shown),
        _said(field, text),
        tuple(issue for issue in issues if issue.column == field.title),
    )


def _options(field: FormField, text: str) -> tuple[tuple[str, str], ...]:
    """What may be chosen, and what stands there all the same: nothing of it is dropped."""
    values = chosen(text) if field.kind is InputKind.CHOICES else [text] if text else []
    known = {value for value, _ in field.options}
    return (*field.options, *((value, value) for value in values if value not in known))


def _type(field: FormField, text: str) -> str:
    """A date that cannot be read stays as it was written, to be mended."""
    if field.kind is not InputKind.DATE:
        return "text"
    try:
        return "date" if not text or (date.fromisoformat(text) and len(text) == 10) else "text"
    except ValueError:
        return "text"


def _said(field: FormField, text: str) -> str:
    """An amount once more in yuan, before somebody takes 元 for 万元."""
    if field.kind is not InputKind.AMOUNT or not text:
        return ""
    unit = "wan_yuan" if field.unit == "万元" else "yuan"
    yuan = read_amount(text, unit).yuan
    return f"即 {_figure(yuan)} 元" if yuan is not None else ""


def _figure(yuan: Decimal) -> str:
    return f"{yuan:,.2f}".removesuffix(".00")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
