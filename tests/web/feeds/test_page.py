from __future__ import annotations

from flask.testing import FlaskClient

from credit_site.domain.rulebook import load_rulebook
from credit_site.web.feeds.groups import feed_groups


def test_the_page_explains_and_lists_every_standing_feed(client: FlaskClient) -> None:
    response = client.get("/feeds/")
    assert response.status_code == 200
    assert "怎样订阅" in response.text
    for group in feed_groups():
        for row in group.rows:
            assert row.name in response.text
            assert all(f'href="{link.href}"' in response.text for link in row.links)


def test_everything_that_has_a_standing_feed_has_a_row() -> None:
    rulebook = load_rulebook()
    assert {group.anchor: len(group.rows) for group in feed_groups()} == {
        "all": 1,
        "list": len(rulebook.lists),
        "campaign": len(rulebook.campaigns),
        "division": len(rulebook.divisions),
        "agency": len(rulebook.agencies),
    }


def test_every_feed_the_page_names_is_there(client: FlaskClient) -> None:
    addresses = [link.href for group in feed_groups() for row in group.rows for link in row.links]
    assert {client.get(address).status_code for address in addresses} == {200}


def test_the_page_announces_the_feed_of_everything(client: FlaskClient) -> None:
    assert '<link rel="alternate" type="application/atom+xml"' in client.get("/feeds/").text
