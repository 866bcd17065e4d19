"""Feeds of what is public: Atom, RSS 2.0 and JSON Feed."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from credit_site.services.recent_endings import RecentEndings
from credit_site.services.record_memory import RecordMemory
from credit_site.web.feeds import views
from credit_site.web.feeds.documents import KNOWN, MEMORY
from credit_site.web.feeds.known import KnownEntries
from credit_site.web.feeds.memory import FeedMemory
from credit_site.web.feeds.opml import feeds_opml
from credit_site.web.feeds.page import feeds_page
from credit_site.web.feeds.windows import ENDED, RECORDS

_ENDING = "<any(atom, rss, json):ending>"
_SPAN = f"<int:first>-<int:last>.{_ENDING}"

blueprint = Blueprint("feeds", __name__, url_prefix="/feeds")
blueprint.add_url_rule("/", "index", feeds_page)
blueprint.add_url_rule("/feeds.opml", "opml", feeds_opml)
for _rule, _name, _view in (
    (f"/all.{_ENDING}", "everything", views.answer_all),
    (f"/all/{_SPAN}", "everything_archive", views.answer_all_archive),
    (f"/agencies/<string:slug>.{_ENDING}", "agency", views.answer_agency),
    (f"/agencies/<string:slug>/{_SPAN}", "agency_archive", views.answer_agency_archive),
    (f"/divisions/<string:code>.{_ENDING}", "division", views.answer_division),
    (f"/divisions/<string:code>/{_SPAN}", "division_archive", views.answer_division_archive),
    (f"/campaigns/<string:slug>.{_ENDING}", "campaign", views.answer_campaign),
    (f"/campaigns/<string:slug>/{_SPAN}", "campaign_archive", views.answer_campaign_archive),
    (f"/companies/<string:uscc>.{_ENDING}", "company", views.answer_company),
    (f"/companies/<string:uscc>/{_SPAN}", "company_archive", views.answer_company_archive),
    (f"/lists/<string:name>.{_ENDING}", "list", views.answer_list),
    (f"/lists/<string:name>/{_SPAN}", "list_archive", views.answer_list_archive),
    (f"/search.{_ENDING}", "search", views.answer_search),
):
    blueprint.add_url_rule(_rule, _name, _view)


@blueprint.record
def _give_memory(state: BlueprintSetupState) -> None:
    state.app.extensions[MEMORY] = FeedMemory()
    state.app.extensions[KNOWN] = KnownEntries()
    state.app.extensions[RECORDS] = RecordMemory()
    state.app.extensions[ENDED] = RecentEndings()
