"""What all parts of the open data need: whose it is, and which snapshots still stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import abort

from credit_site.domain.rulebook import Register, load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.ledger import head
from credit_site.services.open_data.descriptions import Publication
from credit_site.services.open_data.manifest import Snapshot, Withdrawal
from credit_site.services.open_data.shelf import Shelf
from credit_site.services.open_data.standing import gone_since
from credit_site.services.open_data.terms import terms
from credit_site.web.frame import site_settings


def shelf() -> Shelf:
    """The snapshots of this installation."""
    return Shelf(site_settings().data_path / "data")


def publication() -> Publication:
    """Whose data it is, as of now."""
    settings, newest, book = site_settings(), head(db.session()), load_rulebook()
    said = terms(book, clock.today())
    return Publication(book, settings.name, settings.url, said, newest.seq, newest.changed_at)


def standing_now(snapshot: Snapshot) -> Snapshot:
    """The snapshot, withdrawn if a record in it has ended, whether or not anybody noticed yet."""
    today = clock.today()
    if snapshot.withdrawn is not None:
        return snapshot
    gone = gone_since(db.session(), snapshot.seq, snapshot.day, today)
    return replace(snapshot, withdrawn=Withdrawal(today, gone)) if gone else snapshot


def newest_standing() -> Snapshot | None:
    """The newest snapshot, as it stands now."""
    found = shelf().newest()
    return None if found is None else standing_now(found)


def register_named(name: str) -> Register:
    """The register of that name; 404 where there is none."""
    return load_rulebook().registers.get(name) or abort(404)


def day_named(text: str) -> date:
    """The day of an address, YYYY-MM-DD, not later than today; else 404."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        abort(404)
    if day > clock.today() or day.isoformat() != text:
        abort(404)
    return day
