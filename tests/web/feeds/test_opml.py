from __future__ import annotations

from flask.testing import FlaskClient
from lxml import etree

from credit_site.web.feeds.groups import feed_groups
from tests.web.feeds.reading import read

SITE = "https://credit.example"


def test_the_outline_names_every_standing_feed_once_and_each_is_there(client: FlaskClient) -> None:
    response = client.get("/feeds/feeds.opml")
    assert response.mimetype == "text/x-opml"
    outlines = etree.fromstring(response.data).findall("body/outline/outline")
    addresses = [outline.get("xmlUrl").removeprefix(SITE) for outline in outlines]
    assert addresses == [row.links[0].href for group in feed_groups() for row in group.rows]
    for address in addresses:
        assert read(client, address).ids == []
    for outline in outlines:
        page = outline.get("htmlUrl").removeprefix(SITE)
        assert client.get(page).status_code == 200, page
        assert outline.get("text")


def test_the_outline_has_a_tag(client: FlaskClient) -> None:
    tag = client.get("/feeds/feeds.opml").headers["ETag"]
    again = client.get("/feeds/feeds.opml", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert client.get("/feeds/").text.count('href="/feeds/feeds.opml"') == 1
