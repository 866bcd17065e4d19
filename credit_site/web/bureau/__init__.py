"""``/bureau/…``: everything that somebody signed in does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask

from credit_site.settings import Settings
from credit_site.web.bureau import (
    accounts,
    audit,
    decisions,
    desk,
    keys,
    listing_opening,
    listings,
    records,
    reviews,
    submissions,
    uploads,
)
from credit_site.web.bureau.access import guard, private
from credit_site.web.bureau.signing_in import csrf, init_signing_in

blueprint = Blueprint("bureau", __name__, url_prefix="/bureau")
blueprint.before_request(guard)
blueprint.before_request(uploads.make_room)
blueprint.before_request(csrf.protect)
blueprint.after_request(private)

_GET, _POST = ["GET"], ["POST"]
_SUBMISSION = "/submissions/<int:number>"
_ROW = f"{_SUBMISSION}/rows/<int:row>"
_RECORD = "/records/<int:number>"
_LISTING = "/listings/<int:number>"
_ADDRESSES: tuple[tuple[str, str, Callable[..., Any], list[str]], ...] = (
    ("/", "desk", desk.desk, _GET),
    ("/account", "own_account", desk.own_account, _GET),
    ("/accounts", "accounts", accounts.index, _GET),
    ("/accounts", "add_account", accounts.add, _POST),
    ("/accounts/<int:number>", "account", accounts.show, _GET),
    ("/accounts/<int:number>", "change_account", accounts.change, _POST),
    (
        "/accounts/<int:number>/<any(close, open, renew):deed>",
        "account_deed",
        accounts.deed,
        _POST,
    ),
    ("/audit", "audit", audit.index, _GET),
    ("/audit.csv", "audit_export", audit.export, _GET),
    ("/upload", "upload", uploads.form, _GET),
    ("/upload", "take_upload", uploads.take, _POST),
    ("/decisions", "decisions", decisions.index, _GET),
    ("/decisions/new", "new_decision", decisions.new, _GET),
    ("/decisions", "begin_draft", decisions.begin, _POST),
    ("/decisions/<int:number>", "draft", decisions.show, _GET),
    ("/decisions/<int:number>", "keep_draft", decisions.keep, _POST),
    ("/submissions", "submissions", submissions.index, _GET),
    (_SUBMISSION, "submission", submissions.show, _GET),
    (f"{_SUBMISSION}/progress", "progress", submissions.progress, _GET),
    (f"{_SUBMISSION}/annotated.xlsx", "annotated", submissions.annotated, _GET),
    (
        f"{_SUBMISSION}/<any('hand-in', withdraw):deed>",
        "submission_deed",
        submissions.deed,
        _POST,
    ),
    (_ROW, "row", submissions.row, _GET),
    (_ROW, "mend_row", submissions.mend_row, _POST),
    (f"{_SUBMISSION}/review", "review", reviews.review, _GET),
    (f"{_SUBMISSION}/<any(publish, 'send-back'):deed>", "decide", reviews.decide, _POST),
    (
        f"{_ROW}/<any(hold, release, clear, severity):deed>",
        "decide_row",
        reviews.decide_row,
        _POST,
    ),
    ("/keys", "keys", keys.index, _GET),
    ("/keys", "make_key", keys.make, _POST),
    ("/keys/<int:number>/<any(exchange, revoke):deed>", "key_deed", keys.deed, _POST),
    ("/direct/<any(grant, 'take-back'):deed>", "direct", keys.direct, _POST),
    ("/records", "records", records.index, _GET),
    (_RECORD, "record", records.show, _GET),
    (f"{_RECORD}/correct", "edit_record", records.edit, _GET),
    (f"{_RECORD}/correct", "correct_record", records.correct, _POST),
    (
        f"{_RECORD}/<any(dispute, 'dispute-over', end):deed>",
        "record_deed",
        records.deed,
        _POST,
    ),
    ("/listings", "listings", listings.index, _GET),
    ("/listings/new", "new_listing", listing_opening.new, _GET),
    ("/listings", "begin_listing", listing_opening.begin, _POST),
    (_LISTING, "listing", listings.show, _GET),
    (f"{_LISTING}/steps", "listing_step", listings.step, _POST),
    (f"{_LISTING}/review", "confirm_listing", listings.review, _POST),
    (
        f"{_LISTING}/<any(notice, decision, removal):paper>",
        "listing_paper",
        listings.paper,
        _GET,
    ),
    (f"{_LISTING}/files/<int:step>", "listing_file", listings.file, _GET),
    (f"{_ROW}/notice", "notice", reviews.notice, _GET),
)
for rule, name, view, methods in _ADDRESSES:
    blueprint.add_url_rule(rule, name, view, methods=methods)


def init_bureau(app: Flask, settings: Settings) -> None:
    """What the desk needs of the application."""
    init_signing_in(app, settings)
    app.jinja_env.globals["desk_places"] = desk.places
