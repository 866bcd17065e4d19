"""Every public page: sound HTML, no dead link, one look."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.support.entries import CODE, penalty
from tests.web.conftest import Publish
from tests.web.invented import full_penalty, listed, person
from tests.web.pages import CheckingClient, checked

# Pages a visitor can reach: how each address looks with its variables filled in.
PAGES = {
    "home.home": "/",
    "home.about": "/about",
    "search.search_page": "/search?q=食品",
    "records.show": "/records/1",
    "records.commitment": "/records/1/commitment",
    "companies.show": f"/companies/{CODE}",
    "lists.index": "/lists/",
    "lists.show": "/lists/serious-dishonesty",
    "agencies.index": "/agencies/",
    "agencies.show": "/agencies/market-supervision",
    "rules.index": "/rules/",
    "rules.show": "/rules/severity",
    "rules.register": "/rules/registers/penalty",
    "rules.layout": "/rules/layouts/penalty_2018_legal",
    "feeds.index": "/feeds/",
    "data.index": "/data/",
    "statistics.page": "/statistics/",
    "ledger.index": "/ledger/",
    "ledger.show": "/ledger/1",
    "api.docs": "/api/docs",
    "help.index": "/help/",
    "help.citizens": "/help/citizens",
    "help.clerks": "/help/clerks",
    "help.glossary": "/help/glossary",
    "looks.show": "/look",
    "styleguide.show": "/styleguide",
    "help.search": "/help/search",
    "help.verify": "/help/verify",
    "help.web_hooks": "/help/web-hooks",
    "screening.screen": "/screening",
    "matters.object_to": "/objections/new",
    "matters.repair": "/repairs/new",
    "matters.screening": "/screenings/new",
    "matters.tip": "/tips/new",
    "matters.track": "/track",
    "verify.form": "/verify",
    "assessment.index": "/assessment/",
    "assessment.warnings": "/assessment/warnings",
    "embed.index": "/embed/",
    "embed.agency": "/embed/agencies/market-supervision",
}
NEEDS_A_RECORD = {"/records/1", "/records/1/commitment", "/ledger/1"}
# Addresses that answer with something else than a page.
NO_PAGES = {
    "static", "health.alive", "health.ready", "health.metrics", "rules.template",
    "feeds.everything", "feeds.agency", "feeds.company", "feeds.list", "feeds.search",
    "data.whole", "data.plain", "data.dated", "data.deltas_of_day", "data.schema",
    "data.manifest", "data.dated_manifest", "data.package", "data.catalogue_of_data",
    "feeds.division", "feeds.campaign", "feeds.everything_archive", "feeds.agency_archive",
    "feeds.list_archive", "feeds.division_archive", "feeds.campaign_archive",
    "feeds.company_archive", "feeds.opml",
    "exports.export", "api.search", "api.suggest", "api.match", "api.hand_in", "api.submission",
    "reconcile.service", "matters.own_step", "matters.own_letter",
    # a page, but of a receipt that its own browser alone can show
    "matters.receipt",
    "help.web_hook_receiver", "ledger.entries", "ledger.script", "records.prove",
    "looks.choose",
    "api.record", "api.company", "api.lists", "api.list", "api.agencies", "api.agency",
    "api.registers", "api.changes", "api.openapi", "api.mirror",
    # a page, but of a receipt that somebody must ask for first
    "api.look_up", "api.lookup", "verify.document",
    # a page, but of a case that must be announced first
    "matters.object_to_announced",
    "api.lookup_feedback",
    # pages, but of a report that must be published first
    "assessment.report", "assessment.version", "assessment.download",
    "assessment.download_version",
    "reconcile.suggest_entity", "reconcile.suggest_property", "reconcile.suggest_type",
    "reconcile.properties", "reconcile.preview", "reconcile.entity",
    "statistics.table", "statistics.figures", "list_files.entries",
    "company_reports.report",
    "citations.show", "embed.loader", "opensearch.description", "opensearch.suggest",
    "sitemaps.index", "sitemaps.bucket", "crawlers.robots", "crawlers.favicon",
}  # fmt: skip


def all_kinds() -> list[object]:
    """Entries that make every state of a page appear."""
    return [
        full_penalty(1),
        penalty(2, severity="serious"),
        person(3),
        listed(4),
        listed(5, "published-elsewhere", uscc="", subject_key="注册号", decided_on=None),
        listed(6, "trustworthy", severity="", uscc="", subject_key="另一家"),
    ]


def test_every_page_is_known_here(app: Flask) -> None:
    rules: list[Rule] = list(app.url_map.iter_rules())
    behind_the_sign_in = ("bureau.", "security.")
    public = {rule.endpoint for rule in rules if not rule.endpoint.startswith(behind_the_sign_in)}
    assert public == PAGES.keys() | NO_PAGES


@pytest.mark.both_databases
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_every_page_is_sound_html_with_records_on_it(
    pages: CheckingClient, publish: Publish, path: str
) -> None:
    publish(*all_kinds())
    page = pages.get(path)
    assert page.title.endswith(" · 信用信息公示")
    assert page.title.split(" · ")[0]


@pytest.mark.parametrize("path", [path for path in PAGES.values() if path not in NEEDS_A_RECORD])
def test_every_page_is_sound_html_on_an_empty_site(pages: CheckingClient, path: str) -> None:
    pages.get(path)


@pytest.mark.long
def test_no_link_of_the_site_is_dead(client: FlaskClient, publish: Publish) -> None:
    publish(*all_kinds())
    waiting, seen = ["/"], {"/"}
    while waiting:
        fresh = leads_to(client, waiting.pop()) - seen
        seen |= fresh
        waiting += sorted(path for path in fresh if worth_following(path))
    plain = {path.partition("?")[0] for path in seen}
    assert {path for path in PAGES.values() if "?" not in path} <= plain


def leads_to(client: FlaskClient, path: str) -> set[str]:
    """Where a page leads to; nothing for what is no page. It must answer."""
    with client.get(path) as response:
        assert response.status_code == 200, path
        return set(checked(path, response).links()) if response.mimetype == "text/html" else set()


def worth_following(path: str) -> bool:
    """Filters of a search can be combined without end; two at once say enough.

    Its files and feeds read them as its page does: there each by itself says enough.
    """
    if path.startswith(("/statistics/", "/search.", "/feeds/search.")):
        return "&" not in path
    return not path.startswith("/search") or path.count("&") <= 1


def test_pages_are_offered_as_feeds(pages: CheckingClient, publish: Publish) -> None:
    publish(penalty(1))
    for path, feed in (
        ("/", "/feeds/all.atom"),
        (f"/companies/{CODE}", f"/feeds/companies/{CODE}.atom"),
        ("/lists/watch", "/feeds/lists/watch.atom"),
        ("/agencies/commerce", "/feeds/agencies/commerce.atom"),
    ):
        offered = pages.get(path).all("link", rel="alternate", type="application/atom+xml")
        assert [link.get("href") for link in offered] == [feed], path


def test_the_present_part_of_the_site_is_marked_in_the_navigation(pages: CheckingClient) -> None:
    page = pages.get("/lists/watch")
    nav = page.one("nav", **{"aria-label": "主导航"})
    marked = [a.text for a in nav.iter("a") if a.get("aria-current")]
    assert marked == ["名单"]
