"""What a visitor chooses of colours and sizes: kept, obeyed, and led back from."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from credit_site.web.looks import SIZES, THEMES, Look
from tests.support.personal_numbers import invented_id_number
from tests.web.pages import CheckingClient

HERE = "http://localhost"


def choose(client: FlaskClient, referrer: str = f"{HERE}/about", **chosen: str) -> TestResponse:
    return client.post("/look", data=chosen, headers={"Referer": referrer})


def test_until_somebody_chooses_pages_follow_the_system(pages: CheckingClient) -> None:
    html = pages.get("/").one("html")
    assert (html.get("data-theme"), html.get("data-size")) == ("system", "normal")
    (dark,) = (s for s in styles(pages) if "dark.css" in s)
    assert styles(pages)[dark] == "screen and (prefers-color-scheme: dark)"


def test_what_is_chosen_holds_on_every_page(client: FlaskClient, pages: CheckingClient) -> None:
    answer = choose(client, theme="dark")
    assert (answer.status_code, answer.location) == (303, "/about")
    assert answer.headers["Cache-Control"] == "no-store"
    choose(client, size="large")
    for path in ("/", "/lists/", "/bureau/sign-in"):
        html = pages.get(path).one("html")
        assert (html.get("data-theme"), html.get("data-size")) == ("dark", "large"), path
    assert {media for s, media in styles(pages).items() if "dark.css" in s} == {"screen"}
    assert any("large.css" in s for s in styles(pages))
    choose(client, theme="light", size="normal")
    assert not any("dark.css" in s or "large.css" in s for s in styles(pages))


def styles(pages: CheckingClient) -> dict[str, str]:
    """The stylesheets of a page and the media they are for."""
    links = pages.get("/about").all("link", rel="stylesheet")
    return {link.get("href", ""): link.get("media", "") for link in links}


def test_the_choices_say_which_is_chosen(client: FlaskClient, pages: CheckingClient) -> None:
    choose(client, theme="light")
    page = pages.get("/look")
    pressed = page.texts("button", **{"aria-pressed": "true"})
    assert pressed == ["浅色", "标准"]
    assert set(THEMES.values()) | set(SIZES.values()) <= set(page.texts("button"))


@pytest.mark.parametrize(
    ("referrer", "leads_to"),
    [
        (f"{HERE}/search?q=a", "/search?q=a"),
        (f"{HERE}/bureau/upload", "/bureau/upload"),
        (f"{HERE}/bureau/submissions/1/publish", "/"),
        (f"{HERE}//elsewhere.example/lists/", "/"),
        ("https://elsewhere.example/about", "/"),
        ("", "/"),
    ],
)
def test_it_leads_back_to_pages_of_this_site_alone(
    client: FlaskClient, referrer: str, leads_to: str
) -> None:
    assert choose(client, referrer, theme="dark").location == leads_to


def test_it_repeats_nobodys_number(client: FlaskClient) -> None:
    number = invented_id_number(3)
    answer = choose(client, f"{HERE}/search?q={number}", theme="dark")
    assert answer.location == "/search"


@pytest.mark.parametrize("cookie", ["", "dark", "purple.huge", "dark.huge.more", "<script>"])
def test_a_cookie_of_nonsense_changes_nothing_else(
    client: FlaskClient, pages: CheckingClient, cookie: str
) -> None:
    client.set_cookie("look", cookie)
    html = pages.get("/about").one("html")
    assert html.get("data-theme") in THEMES
    assert html.get("data-size") == "normal"


def test_a_choice_that_is_none_changes_nothing() -> None:
    assert Look("dark", "large").choosing("purple", "") == Look("dark", "large")
