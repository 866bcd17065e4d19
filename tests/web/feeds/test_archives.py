"""Archives (RFC 5005): everything can be had, nothing that has ended, under lasting addresses."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from credit_site.domain.entries import Entry
from credit_site.domain.feed_addresses import FeedFormat
from credit_site.services.publication import EndReason
from tests.support.entries import CODE, penalty, saying
from tests.web.conftest import Publish
from tests.web.feeds.conftest import End
from tests.web.feeds.reading import Read, read
from tests.web.invented import listed

pytestmark = pytest.mark.both_databases

EVERY_FORMAT = pytest.mark.parametrize("ending", list(FeedFormat))
SITE = "https://credit.example"
ONWARDS = {FeedFormat.ATOM: "prev-archive", FeedFormat.RSS: "prev-archive", FeedFormat.JSON: "next"}


def campaigning(number: int) -> Entry:
    return saying(penalty(number), campaign="清风")


def elsewhere(number: int) -> Entry:
    return penalty(number, division="410102", uscc="", subject_name="别人")


def walked(client: FlaskClient, path: str, rel: str) -> dict[str, Read]:
    """A feed and its archives, back to the first."""
    documents = dict[str, Read]()
    while path:
        assert path not in documents
        documents[path] = read(client, path)
        path = documents[path].links.get(rel, "").removeprefix(SITE)
    return documents


@EVERY_FORMAT
def test_feed_and_archives_hold_all_there_is_and_tell_of_all_that_ended(
    client: FlaskClient,
    publish: Publish,
    end: End,
    ending: FeedFormat,
) -> None:
    publish(*(penalty(number) for number in range(1, 141)))
    publish(*(penalty(number, agency="commerce") for number in range(141, 151)))
    publish(saying(penalty(5), violation_facts="更正"))
    end(7, 77, 137)
    path = f"/feeds/agencies/market-supervision.{ending.value}"
    documents = walked(client, path, ONWARDS[ending])
    held = {one for document in documents.values() for one in document.ids}
    gone = {one for document in documents.values() for one in document.gone}
    assert held == {str(number) for number in range(1, 141)} - {"7", "77", "137"}
    assert gone == {"7", "77", "137"}
    assert len(documents) >= 3
    archives = list(documents.values())[1:]
    assert all(archive.archive for archive in archives)
    assert all(archive.links["current"] == SITE + path for archive in archives)


SPARSE = ("divisions/410105", "campaigns/clear-wind", f"companies/{CODE}")


@pytest.mark.parametrize("feed", SPARSE)
@EVERY_FORMAT
def test_a_division_a_campaign_and_a_company_have_archives_of_all_that_stands(
    client: FlaskClient, publish: Publish, end: End, feed: str, ending: FeedFormat
) -> None:
    mine = {str(number) for number in (*range(1, 71), *range(121, 191))} - {"7", "130"}
    publish(*(campaigning(number) for number in range(1, 71)))
    publish(*(elsewhere(number) for number in range(71, 121)))
    publish(*(campaigning(number) for number in range(121, 191)))
    end(7, 80, 130)
    path = f"/feeds/{feed}.{ending.value}"
    documents = walked(client, path, ONWARDS[ending])
    assert {one for document in documents.values() for one in document.ids} == mine
    first, *archives = documents.values()
    assert len(archives) >= 2
    assert all(one.archive and one.links["current"] == SITE + path for one in archives)
    company = feed.startswith("companies")
    assert set(first.gone) == ({"7", "80", "130"} if company else {"7", "130"})
    told = {id_ for one in archives for id_ in one.gone}
    assert told <= (set() if company else {"7", "130"}), "nobody learns whose it was"


def test_archives_of_a_company_lead_both_ways_and_lose_what_ended(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(*(penalty(number) for number in range(1, 221)))
    documents = walked(client, f"/feeds/companies/{CODE}.atom", "prev-archive")
    paths = list(documents)
    assert paths[1:] == [
        f"/feeds/companies/{CODE}/{first}-{first + 49}.atom" for first in (151, 101, 51, 1)
    ]
    assert documents[paths[2]].links["next-archive"] == SITE + paths[1]
    end(60)
    assert "60" not in read(client, paths[3]).ids
    assert client.get(f"/feeds/companies/{CODE}/1-49.atom").status_code == 404


def test_an_archive_leads_both_ways(client: FlaskClient, publish: Publish) -> None:
    publish(*(penalty(number) for number in range(1, 221)))
    documents = walked(client, "/feeds/all.atom", "prev-archive")
    paths = list(documents)
    assert paths[1:] == [f"/feeds/all/{first}-{first + 49}.atom" for first in (151, 101, 51, 1)]
    for path, newer in zip(paths[2:], paths[1:], strict=False):
        assert documents[path].links["next-archive"] == SITE + newer
    assert "prev-archive" not in documents[paths[-1]].links


def test_an_archive_keeps_its_address_and_loses_what_changed_or_ended(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(*(penalty(number) for number in range(1, 121)))
    path = "/feeds/all/1-50.atom"
    before = read(client, path).ids
    assert before == [str(number) for number in range(50, 0, -1)]
    publish(saying(penalty(3), violation_facts="更正"))
    end(4, reason=EndReason.REVOKED)
    response = client.get(path)
    assert read(client, path).ids == [one for one in before if one not in ("3", "4")]
    assert "郑市监处罚〔2026〕4号" not in response.get_data(as_text=True)
    assert read(client, path).gone == {}, "it ended later than this archive"


def test_the_archives_of_a_list_hold_its_moves(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(listed(1), listed(2))
    end(1)
    publish(*(listed(number) for number in range(4, 120)))
    documents = walked(client, "/feeds/lists/serious-dishonesty.atom", "prev-archive")
    held = [one for document in documents.values() for one in document.ids]
    assert "lists/serious-dishonesty/1/removed" in held
    assert "1" not in held


@pytest.mark.parametrize(
    "span", ["1-49", "2-51", "51-150", "101-150", "1-3276800", "0-49", "1-0", "50-1"]
)
def test_what_is_no_closed_span_is_not_there(
    client: FlaskClient, publish: Publish, span: str
) -> None:
    publish(*(penalty(number) for number in range(1, 121)))
    assert client.get("/feeds/all/51-100.atom").status_code == 200
    assert client.get(f"/feeds/all/{span}.atom").status_code == 404


def test_nobody_is_served_hundreds_of_entries_at_once(
    client: FlaskClient, publish: Publish
) -> None:
    publish(*(penalty(number) for number in range(1, 411)))
    assert len(read(client, "/feeds/all/1-200.atom").ids) == 200
    assert client.get("/feeds/all/1-400.atom").status_code == 404


def test_a_short_feed_has_no_archives(client: FlaskClient, publish: Publish) -> None:
    publish(*(penalty(number) for number in range(1, 51)))
    assert read(client, "/feeds/all.atom").links == {}
