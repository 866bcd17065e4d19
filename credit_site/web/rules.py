"""``/rules/``: the rulebook as the public may read it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template

from credit_site.domain.rulebook import Basis, Rule, load_rulebook
from credit_site.intake import write_template
from credit_site.web.describing import described
from credit_site.web.presenters.structured import Crumb

blueprint = Blueprint("rules", __name__)
_ABOVE = (Crumb("/rules/", "规则"),)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value of a rule, in words."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version: from when to when, what it says, and on what it rests."""

    since: str
    until: str
    rows: tuple[ValueRow, ...]
    basis: tuple[Basis, ...]


@blueprint.get("/rules/")
def index() -> str:
    """All files of the rulebook."""
    book = load_rulebook()
    return render_template("rules/index.html", book=book, rules=list(book.rules.values()))


@blueprint.get("/rules/<string:name>")
def show(name: str) -> str:
    """One rule with its versions, newest first."""
    rule = load_rulebook().rules.get(name)
    if rule is None:
        abort(404)
    said = described(f"/rules/{name}", rule.title, _ABOVE)
    return render_template("rules/rule.html", rule=rule, versions=_versions(rule), **said)


@blueprint.get("/rules/registers/<string:name>")
def register(name: str) -> str:
    """A register's fields: what is asked for, what is shown."""
    found = load_rulebook().registers.get(name)
    if found is None:
        abort(404)
    said = described(f"/rules/registers/{name}", f"{found.title}的字段", _ABOVE)
    return render_template("rules/register.html", register=found, **said)


@blueprint.get("/rules/layouts/<string:name>")
def layout(name: str) -> str:
    """A layout's columns, and the blank template."""
    found = load_rulebook().layouts.get(name)
    if found is None:
        abort(404)
    register = load_rulebook().registers[found.register]
    columns = [(column, register.field(column.field)) for column in found.columns]
    said = described(f"/rules/layouts/{name}", found.title, _ABOVE)
    return render_template("rules/layout.html", layout=found, columns=columns, **said)


@blueprint.get("/rules/layouts/<string:name>.xlsx")
def template(name: str) -> Response:
    """The blank upload workbook of a layout."""
    found = load_rulebook().layouts.get(name)
    if found is None:
        abort(404)
    stream = io.BytesIO()
    write_template(found, load_rulebook(), stream)
    response = Response(stream.getvalue(), content_type=_XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename={name}.xlsx"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _versions(rule: Rule) -> list[VersionView]:
    return [
        VersionView(
            version.since.isoformat() if version.since else "",
            version.in_force_to.isoformat() if version.in_force_to else "",
            tuple(_rows(version.values, rule.labels)),
            version.basis,
        )
        for version in reversed(rule.versions)
    ]


def _rows(
    values: Mapping[str, object], labels: Mapping[str, str], before: str = ""
) -> Iterator[ValueRow]:
    for name, value in values.items():
        label = before + _label(name, labels)
        if isinstance(value, Mapping):
            yield from _rows(value, labels, f"{label} · ")
        else:
            yield ValueRow(label, _text(value, labels))


def _label(name: str, labels: Mapping[str, str]) -> str:
    book = load_rulebook()
    if name in labels:
        return labels[name]
    if name in book.lists:
        return book.lists[name].name
    if name in book.list_branches:
        return book.list_branches[name].name
    return book.agencies[name].name if name in book.agencies else name


def _text(value: object, labels: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple)):
        return "、".join(labels.get(str(one), str(one)) for one in value)
    if isinstance(value, int):
        return f"{value:,}"
    return labels.get(str(value), str(value))
