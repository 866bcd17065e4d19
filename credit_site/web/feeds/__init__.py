"""Feeds of what is public: Atom, RSS 2.0 and JSON Feed."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from credit_site.web.feeds.memory import FeedMemory
from credit_site.web.feeds.page import feeds_page
from credit_site.web.feeds.views import (
    MEMORY,
    answer_agency,
    answer_all,
    answer_company,
    answer_list,
    answer_search,
)

_ENDING = "<any(atom, rss, json):ending>"

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds")
blueprint.add_url_rule("/", "index", feeds_page)
blueprint.add_url_rule(f"/all.{_ENDING}", "everything", answer_all)
blueprint.add_url_rule(f"/agencies/<string:slug>.{_ENDING}", "agency", answer_agency)
blueprint.add_url_rule(f"/companies/<string:uscc>.{_ENDING}", "company", answer_company)
blueprint.add_url_rule(f"/lists/<string:name>.{_ENDING}", "list", answer_list)
blueprint.add_url_rule(f"/search.{_ENDING}", "search", answer_search)


@blueprint.record
def _give_memory(state: BlueprintSetupState) -> None:
    state.app.extensions[MEMORY] = FeedMemory()
