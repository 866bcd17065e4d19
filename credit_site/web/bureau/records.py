"""``/bureau/records``: what was published, found again."""

from __future__ import annotations

from flask import abort, render_template

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.permissions import Permission
from credit_site.extensions import db
from credit_site.services.record_life import RecordLife, find, life
from credit_site.web.bureau.access import account, needs, own
from credit_site.web.bureau.record_page import record_page
from credit_site.web.parameters import read
from credit_site.web.search_parameters import SearchParameters


@needs(Permission.READ)
def index() -> str:
    """Finding a record of one's own bureau, also one that has ended."""
    asked = read(SearchParameters).q
    return render_template(
        "bureau/records.html",
        q=mask_personal_numbers(asked),
        found=find(db.session(), account().agency, asked),
    )


@needs(Permission.READ)
def show(number: int) -> str:
    """A record with its past and what can be done about it."""
    return record_page(found(number))


def found(number: int) -> RecordLife:
    """A record that whoever is signed in may see; 404 for any other."""
    one = life(db.session(), number) if number < 1 << 62 else None
    if one is None:
        abort(404)
    own(one.agency)
    return one
