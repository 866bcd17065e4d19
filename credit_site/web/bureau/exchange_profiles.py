"""``/bureau/exchange/profiles``: the formats of exchange, for whoever sits at the other end."""

from __future__ import annotations

from flask import Response, abort, render_template

from credit_site.domain.exchange_types import ExchangeProfile
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.intake.exchange_schema import schema_of
from credit_site.services.exchange.databases import table_statements
from credit_site.web.bureau.access import needs
from credit_site.web.bureau.exchange import OPERATIONS


@needs(Permission.READ)
def show(name: str) -> str:
    """A profile: columns, codes, tables, on what it rests."""
    profile, book = _found(name), load_rulebook()
    layout = book.layouts[profile.layout]
    register = book.registers[layout.register]
    never = {field.name for field in register.fields if field.visibility == "never"}
    computed = {one.field for one in profile.computed}
    full = {register.subject_field} if profile.full_names else set()
    columns = [
        (column, "全名" if column.field in full else _kept(column.field, never - computed, profile))
        for column in profile.columns_of(layout)
    ]
    return render_template(
        "bureau/exchange/profile.html",
        one=profile,
        columns=columns,
        control=book.exchange.columns,
        operations=[(OPERATIONS[o], code) for o, code in profile.operations.items()],
        receipts=book.exchange.receipts,
        statements=table_statements(profile, book),
    )


@needs(Permission.READ)
def schema(name: str) -> Response:
    """The XML schema of a profile."""
    profile = _found(name)
    answer = Response(schema_of(profile, load_rulebook()), content_type="application/xml")
    file = f"{profile.name}-{profile.version}.xsd"
    answer.headers["Content-Disposition"] = f"attachment; filename={file}"
    return answer


def _found(name: str) -> ExchangeProfile:
    found = load_rulebook().profiles.get(name)
    if found is None:
        abort(404)
    return found


def _kept(field: str, never: set[str], profile: ExchangeProfile) -> str:
    if field not in never:
        return "公示的内容"
    return "不公开，本格式要求" if field in profile.sealed_fields else "不送，留空"
