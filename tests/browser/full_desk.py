"""A desk on which there is one of everything, and those who see it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import BrowserContext

from credit_site.domain.matters import MatterKind
from credit_site.domain.permissions import Role
from tests.domain.penalty_rows import LEGAL
from tests.support.people import Person, signed_in
from tests.support.uploads import checked, decision, published, work
from tests.web.bureau.test_exchange import CHANNEL
from tests.web.bureau.test_hooks import GOOD
from tests.web.bureau.test_listings import opened
from tests.web.bureau.test_lookups import asked
from tests.web.bureau.test_matters import bring

BUREAU = "market-supervision"


@dataclass(frozen=True)
class FullDesk:
    """Who is signed in, by role, and the pages that each is to see."""

    people: dict[Role, Person]
    pages: dict[Role, tuple[str, ...]]


def full_desk(app: Flask) -> FullDesk:
    """A file with faults, one to review, one published; a channel, a receiver, keys, a case."""
    people = {r: signed_in(app, r, BUREAU if r.of_a_bureau else "") for r in Role}
    clerk, reviewer = people[Role.CLERK], people[Role.REVIEWER]
    record = published(app, clerk, reviewer, decision(1))
    faulty = checked(
        app,
        clerk,
        [
            decision(2),
            decision(3, decision_date="昨天", violation_facts="店里卖的酒没有来历。" * 60),
        ],
    )
    waiting = checked(app, clerk, [decision(4), decision(5)])
    clerk.post(f"/bureau/submissions/{waiting}/hand-in")
    office = people[Role.CREDIT_OFFICE]
    office.post("/bureau/exchange/channels", **CHANNEL)
    office.post("/bureau/hooks", **GOOD)
    case, lookup, matter = opened(reviewer), asked(clerk), bring(app, MatterKind.OBJECTION)
    work(app)
    return FullDesk(people, _pages(record, (faulty, waiting), case, lookup, matter))


def _pages(
    record: str, files: tuple[int, int], case: str, lookup: str, matter: str
) -> dict[Role, tuple[str, ...]]:
    desk, submissions, (faulty, waiting) = "/bureau/", "/bureau/submissions", files
    return {
        Role.CLERK: (
            desk, "/bureau/upload", submissions, f"{submissions}/{faulty}",
            f"{submissions}/{faulty}/rows/3", "/bureau/decisions/",
            f"/bureau/decisions/new?layout={LEGAL}",
            f"/bureau/lookups/{lookup}", "/bureau/lookups", "/bureau/lookups/batch",
        ),
        Role.REVIEWER: (
            desk, f"{submissions}/{waiting}/review", "/bureau/records", record,
            f"{record}/correct", "/bureau/keys", "/bureau/matters", matter, "/bureau/listings",
            "/bureau/listings/new", case,
        ),
        Role.CREDIT_OFFICE: (
            desk, "/bureau/exchange", "/bureau/exchange/channels", "/bureau/exchange/channels/1",
            "/bureau/exchange/profiles/penalty_2018_legal", "/bureau/exchange/refused",
            "/bureau/hooks", "/bureau/hooks/1", "/bureau/reader-keys",
        ),
        Role.ADMINISTRATOR: (
            desk, "/bureau/accounts", "/bureau/accounts/1", "/bureau/account", "/bureau/password",
        ),
        Role.AUDITOR: (desk, "/bureau/audit"),
    }  # fmt: skip


def enter(context: BrowserContext, site: str, person: Person) -> None:
    """Brings the session of somebody who is signed in into a browser."""
    cookie = person.client.get_cookie("desk", path="/bureau")
    assert cookie is not None
    context.add_cookies([{"name": "desk", "value": cookie.value, "url": f"{site}/bureau/"}])
