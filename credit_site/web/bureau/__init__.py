"""``/bureau/…``: everything that somebody signed in does."""

from __future__ import annotations

from flask import Blueprint, Flask

from credit_site.settings import Settings
from credit_site.web.bureau import accounts, desk
from credit_site.web.bureau.access import guard, private
from credit_site.web.bureau.signing_in import csrf, init_signing_in

blueprint = Blueprint("bureau", __name__, url_prefix="/bureau")
blueprint.before_request(guard)
blueprint.before_request(csrf.protect)
blueprint.after_request(private)

blueprint.add_url_rule("/", "desk", desk.desk)
blueprint.add_url_rule("/account", "own_account", desk.own_account)
blueprint.add_url_rule("/accounts", "accounts", accounts.index)
blueprint.add_url_rule("/accounts", "add_account", accounts.add, methods=["POST"])
blueprint.add_url_rule("/accounts/<int:number>", "account", accounts.show)
blueprint.add_url_rule(
    "/accounts/<int:number>", "change_account", accounts.change, methods=["POST"]
)
blueprint.add_url_rule(
    "/accounts/<int:number>/<any(close, open, renew):deed>",
    "account_deed",
    accounts.deed,
    methods=["POST"],
)


def init_bureau(app: Flask, settings: Settings) -> None:
    """What the desk needs of the application."""
    init_signing_in(app, settings)
    app.jinja_env.globals["desk_places"] = desk.places
