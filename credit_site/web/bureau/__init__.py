"""``/bureau/…``: everything that somebody signed in does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFError

from credit_site.services.listing_cases.naming import parts_of
from credit_site.settings import Settings
from credit_site.web.bureau import (
    accounts,
    assessment,
    audit,
    corrections,
    decisions,
    desk,
    due,
    exchange,
    exchange_channels,
    exchange_profiles,
    extension_papers,
    hooks,
    keys,
    listing_opening,
    listings,
    lookup_batches,
    lookup_receipts,
    lookups,
    matters,
    notices,
    reader_keys,
    record_deeds,
    record_documents,
    records,
    reviews,
    shut,
    submissions,
    unsent,
    uploads,
    waiting,
    warnings,
)
from credit_site.web.bureau.access import guard, private
from credit_site.web.bureau.signing_in import csrf, init_signing_in

blueprint = Blueprint("bureau", __name__, url_prefix="/bureau")
blueprint.before_request(guard)
blueprint.before_request(uploads.make_room)
blueprint.before_request(decisions.make_room)
blueprint.before_request(record_documents.make_room)
blueprint.before_request(lookup_batches.make_room)
blueprint.before_request(csrf.protect)
blueprint.register_error_handler(CSRFError, unsent.outdated)
blueprint.after_request(private)

_GET, _POST = ["GET"], ["POST"]
_SUBMISSION = "/submissions/<int:number>"
_ROW = f"{_SUBMISSION}/rows/<int:row>"
_HOOK = "/hooks/<int:number>"
_RECORD = "/records/<int:number>"
_LOOKUP = "/lookups/<string:number>"
_DECISION = "/decisions/<int:number>"
_CHANNEL = "/exchange/channels/<int:number>"
_LISTING = "/listings/<int:number>"
_ASSESSMENT = "/assessment/<int:number>"
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
    ("/decisions/", "decisions", decisions.index, _GET),
    ("/decisions/new", "new_decision", decisions.new, _GET),
    ("/decisions/new", "keep_new_decision", decisions.keep_new, _POST),
    ("/decisions/check", "check_decision", decisions.check, _POST),
    (_DECISION, "decision", decisions.show, _GET),
    (_DECISION, "keep_decision", decisions.keep, _POST),
    (f"{_DECISION}/discard", "discard_decision", decisions.discard, _POST),
    (f"{_SUBMISSION}/reopen", "reopen_submission", decisions.reopen, _POST),
    ("/due", "due", due.index, _GET),
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
    (f"{_SUBMISSION}/<any(publish, confirm, 'send-back'):deed>", "decide", reviews.decide, _POST),
    (
        f"{_ROW}/<any(hold, release, clear, confirm, severity):deed>",
        "decide_row",
        reviews.decide_row,
        _POST,
    ),
    ("/keys", "keys", keys.index, _GET),
    ("/keys", "make_key", keys.make, _POST),
    ("/keys/<int:number>/<any(exchange, revoke):deed>", "key_deed", keys.deed, _POST),
    ("/reader-keys", "reader_keys", reader_keys.index, _GET),
    ("/reader-keys", "make_reader_key", reader_keys.make, _POST),
    (
        "/reader-keys/<int:number>/<any(exchange, revoke):deed>",
        "reader_key_deed",
        reader_keys.deed,
        _POST,
    ),
    ("/direct/<any(grant, 'take-back'):deed>", "direct", keys.direct, _POST),
    ("/lookups", "lookups", lookups.index, _GET),
    ("/lookups", "look_up", lookups.look_up, _POST),
    ("/lookups/batch", "lookup_batch", lookup_batches.form, _GET),
    ("/lookups/batch", "take_lookup_batch", lookup_batches.take, _POST),
    (_LOOKUP, "lookup", lookup_receipts.show, _GET),
    (_LOOKUP, "lookup_feedback", lookup_receipts.feedback, _POST),
    (f"{_LOOKUP}/answers.xlsx", "lookup_answers", lookup_batches.workbook, _GET),
    ("/matters", "matters", matters.index, _GET),
    ("/matters/<int:number>", "matter", matters.show, _GET),
    ("/matters/<int:number>", "matter_step", matters.step, _POST),
    ("/matters/<int:number>/papers/<int:position>", "matter_paper", matters.paper, _GET),
    ("/matters/<int:number>/letter", "matter_letter", matters.letter, _GET),
    ("/hooks", "hooks", hooks.index, _GET),
    ("/hooks", "add_hook", hooks.add, _POST),
    (_HOOK, "hook", hooks.show, _GET),
    (_HOOK, "change_hook", hooks.change, _POST),
    (
        f"{_HOOK}/<any(exchange, pause, resume, retry, revoke, test):deed>",
        "hook_deed",
        hooks.deed,
        _POST,
    ),
    (f"{_HOOK}/deliveries/<int:delivery>/again", "hook_again", hooks.again, _POST),
    ("/records", "records", records.index, _GET),
    (_RECORD, "record", records.show, _GET),
    (f"{_RECORD}/correct", "edit_record", corrections.edit, _GET),
    (f"{_RECORD}/correct", "correct_record", corrections.correct, _POST),
    (f"{_RECORD}/correction", "waiting_correction", waiting.show, _GET),
    (
        f"{_RECORD}/correction/<any(publish, refuse, 'take-back'):deed>",
        "decide_correction",
        waiting.decide,
        _POST,
    ),
    (
        f"{_RECORD}/<any(dispute, 'dispute-over', restore, end, revoke, dismiss):deed>",
        "record_deed",
        record_deeds.deed,
        _POST,
    ),
    (f"{_RECORD}/announce", "announce_withdrawal", record_deeds.announce, _POST),
    (
        f"{_RECORD}/documents/<string:sha256>",
        "record_document",
        record_documents.document,
        _GET,
    ),
    ("/exchange", "exchange", exchange.index, _GET),
    ("/exchange/refused", "exchange_refused", exchange.refused, _GET),
    ("/exchange/batches/<int:number>", "exchange_batch", exchange.batch, _GET),
    (
        "/exchange/batches/<int:number>/manifest.json",
        "exchange_manifest",
        exchange.manifest,
        _GET,
    ),
    ("/exchange/rows/<int:number>/again", "exchange_again", exchange.again, _POST),
    ("/exchange/channels", "new_exchange_channel", exchange_channels.form, _GET),
    ("/exchange/channels", "make_exchange_channel", exchange_channels.make, _POST),
    (_CHANNEL, "exchange_channel", exchange_channels.edit, _GET),
    (_CHANNEL, "change_exchange_channel", exchange_channels.change, _POST),
    (
        f"{_CHANNEL}/<any(pause, resume, try):deed>",
        "exchange_channel_deed",
        exchange_channels.deed,
        _POST,
    ),
    (f"{_CHANNEL}/receipts", "take_receipt", exchange_channels.take_receipt, _POST),
    ("/exchange/profiles/<string:name>", "exchange_profile", exchange_profiles.show, _GET),
    ("/exchange/profiles/<string:name>.xsd", "exchange_schema", exchange_profiles.schema, _GET),
    (f"{_ROW}/notice", "notice", notices.notice, _GET),
    (f"{_SUBMISSION}/notices", "submission_notices", notices.submission_notices, _GET),
    (f"{_RECORD}/notice", "record_notice", notices.record_notice, _GET),
    ("/listings", "listings", listings.index, _GET),
    ("/listings/new", "new_listing", listing_opening.new, _GET),
    ("/listings", "begin_listing", listing_opening.begin, _POST),
    (_LISTING, "listing", listings.show, _GET),
    (_LISTING, "listing_step", listings.step, _POST),
    (
        f"{_LISTING}/<any(notice, decision, repair, removal):paper>",
        "listing_paper",
        listings.paper,
        _GET,
    ),
    (
        f"{_LISTING}/<any(extension, prolongation):paper>",
        "last_extension_paper",
        extension_papers.last,
        _GET,
    ),
    (
        f"{_LISTING}/extensions/<int:nth>/<any(notice, decision, withdrawal):paper>",
        "extension_paper",
        extension_papers.paper,
        _GET,
    ),
    (f"{_LISTING}/files/<int:step>", "listing_file", listings.file, _GET),
    ("/assessment", "assessment", assessment.index, _GET),
    ("/assessment", "begin_assessment", assessment.begin, _POST),
    (_ASSESSMENT, "assessment_report", assessment.show, _GET),
    (_ASSESSMENT, "write_assessment", assessment.write, _POST),
    (f"{_ASSESSMENT}/<any(publish, discard):deed>", "assessment_deed", assessment.deed, _POST),
    ("/warnings", "warnings", warnings.index, _GET),
    ("/warnings", "note_warning", warnings.note, _POST),
    ("/<path:rest>", "nothing", shut.nothing, [*_GET, *_POST]),
)
for rule, name, view, methods in _ADDRESSES:
    blueprint.add_url_rule(rule, name, view, methods=methods)


def init_bureau(app: Flask, settings: Settings) -> None:
    """What the desk needs of the application."""
    init_signing_in(app, settings)
    app.jinja_env.globals["desk_places"] = desk.places
    app.jinja_env.filters["at_cases"] = parts_of
