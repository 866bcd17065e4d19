"""``GET /api/v1/registers``: which fields the records of each kind have."""

from __future__ import annotations

from flask import Response

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Field, Register, load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.site import head
from credit_site.web.api.answers import answer
from credit_site.web.api.reading import check
from credit_site.web.frame import figures, site_settings


def registers() -> Response:
    """All registers with their fields in the official order, those that are never shown too."""
    check(())
    seq = head(db.session()).seq
    items: list[JsonValue] = [_register(one) for one in load_rulebook().registers.values()]
    return answer({"items": items, "head": seq})


def _register(register: Register) -> JsonValue:
    counts = figures().counts(db.session(), clock.today()).by_register
    return {
        "register": register.name,
        "title": register.title,
        "fields": [_field(field) for field in register.fields],
        "total": counts.get(register.name, 0),
        "url": f"{site_settings().url}/rules/registers/{register.name}",
    }


def _field(field: Field) -> JsonValue:
    return {
        "name": field.name,
        "title": field.title,
        "type": field.type.value,
        "required": field.required,
        "max_length": field.max_length,
        "choices": list(field.choices),
        "visibility": field.visibility.value,
        "help": field.help,
    }
