"""Boxes for other sites: what they show, who may frame them, and what they never do."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, vault
from credit_site.services.file_store import KeptFile
from credit_site.services.publication import EndReason, end_record
from credit_site.services.submissions import Delivery, receive
from tests.support.entries import penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import SEALED, full_penalty, listed, person
from tests.web.pages import SITE, CheckingClient, Page, assert_safe_headers

BOX = "/embed/agencies/market-supervision"
AGENCY = "郑州市市场监督管理局"


def shops(count: int) -> list[Entry]:
    """Penalties of shops named by number."""
    return [
        replace(penalty(number), subject_name=f"第{number}号店", subject_key=f"店{number}")
        for number in range(1, count + 1)
    ]


def names(page: Page) -> list[str]:
    """Who is named in a box, in its order."""
    return [text for item in page.all("ol") for text in Page("", 0, "", item).texts("a")]


def make_demonstration(app: Flask, clock: StandingClock) -> None:
    with app.app_context():
        delivery = Delivery("a.csv", "penalty_2016", "market-supervision", "demonstration")
        receive(db.session(), KeptFile("0" * 64, 1), delivery, clock.now())
        db.session.remove()


def test_a_box_shows_the_latest_of_its_bureau(pages: CheckingClient, publish: Publish) -> None:
    publish(*shops(7), replace(penalty(8), agency="commerce", subject_name="别处的店"))
    page = pages.get(BOX)
    assert page.heading == f"{AGENCY}最新公示"
    assert names(page) == [f"第{number}号店" for number in (7, 6, 5, 4, 3)]
    assert "全部 7 条" in page.main
    assert "来源：信用信息公示，更新至 2026年6月1日 10:00" in page.main


@pytest.mark.parametrize(
    ("asked", "count"),
    [("1", 1), ("20", 20), ("21", 20), ("9999", 20), ("0", 1), ("-1", 5), ("x", 5), ("", 5)],
)
def test_it_has_as_many_lines_as_asked_for_from_1_to_20(
    pages: CheckingClient, publish: Publish, asked: str, count: int
) -> None:
    publish(*shops(22))
    assert len(names(pages.get(f"{BOX}?rows={asked}"))) == count


@pytest.mark.parametrize(
    ("asked", "theme", "scheme"),
    [
        ("light", "light", "light"),
        ("dark", "dark", "dark"),
        ("auto", "auto", "light dark"),
        ("", "auto", "light dark"),
        ('"><script>', "auto", "light dark"),
    ],
)
def test_its_colours_are_chosen_or_follow_the_visitor(
    pages: CheckingClient, asked: str, theme: str, scheme: str
) -> None:
    page = pages.get(f"{BOX}?theme={asked}")
    assert page.one("html").get("data-theme") == theme
    assert page.one("meta", name="color-scheme").get("content") == scheme


def test_links_lead_out_of_the_frame_to_the_site(pages: CheckingClient, publish: Publish) -> None:
    publish(*shops(2))
    links = pages.get(BOX).all("a")
    assert {link.get("target") for link in links} == {"_top"}
    assert all(link.get("href", "").startswith(f"{SITE}/") for link in links)
    assert {link.get("href") for link in links} >= {f"{SITE}/records/2", f"{SITE}{BOX[6:]}"}


def test_a_box_knows_no_cookie_and_no_form(client: FlaskClient, publish: Publish) -> None:
    publish(*shops(2))
    for path in (BOX, f"{BOX}.js", "/embed/"):
        answer = client.get(path, headers={"Cookie": "session=x"})
        assert "Set-Cookie" not in answer.headers
        assert "cookie" not in answer.text.lower().replace("不使用 cookie", "")


def test_only_the_box_may_be_framed(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    for path in (BOX, "/embed/agencies/nobody"):
        assert_safe_headers(client.get(path).headers, framed=True)
    for path in ("/embed/", f"{BOX}.js", "/", "/records/1", "/agencies/market-supervision"):
        assert_safe_headers(client.get(path).headers)


def test_a_box_is_not_to_be_found_but_its_bureau_is(pages: CheckingClient) -> None:
    page = pages.get(BOX)
    assert page.one("meta", name="robots").get("content") == "noindex"
    canonical = page.one("link", rel="canonical").get("href")
    assert canonical == f"{SITE}/agencies/market-supervision"


def test_what_has_ended_leaves_the_box_at_once(
    pages: CheckingClient,
    client: FlaskClient,
    publish: Publish,
    session: Session,
    clock: StandingClock,
) -> None:
    publish(*shops(2))
    before = client.get(BOX).headers
    assert before["Cache-Control"] == "public, no-cache"
    same = client.get(BOX, headers={"If-None-Match": before["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    end_record(session, vault(), 2, EndReason.REPAIRED, "clerk", clock.now())
    assert client.get(BOX, headers={"If-None-Match": before["ETag"]}).status_code == 200
    assert names(pages.get(BOX)) == ["第1号店"]
    clock.move(days=400)
    assert "目前没有正在公示的信息。" in pages.get(BOX).main


def test_persons_are_masked_and_nothing_sealed_is_said(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(full_penalty(1), person(2), listed(3))
    page = pages.get(BOX)
    assert "欧阳**" in page.main
    assert not [value for value in ("欧阳某某", *SEALED.values()) if value in page.html]


def test_a_name_is_text_and_never_markup(pages: CheckingClient, publish: Publish) -> None:
    name = "<script>alert(1)</script>\"'&食品"
    publish(replace(penalty(1), subject_name=name))
    assert name in pages.get(BOX).main


def test_invented_records_are_called_so_in_the_box(
    app: Flask, pages: CheckingClient, publish: Publish, clock: StandingClock
) -> None:
    publish(*shops(1))
    assert "演示数据" not in pages.get(BOX).html
    make_demonstration(app, clock)
    publish(*shops(2))
    assert pages.get(f"{BOX}?rows=1").main.startswith("演示数据：企业、人名")


def test_a_bureau_that_is_not_there_is_told_in_the_box_s_place(pages: CheckingClient) -> None:
    page = pages.get("/embed/agencies/nobody", status=404)
    assert page.heading == "没有这个部门"
    assert page.one("a").get("href") == f"{SITE}/embed/"


def test_the_loader_makes_a_frame_of_the_same_box(client: FlaskClient) -> None:
    answer = client.get(f"{BOX}.js?rows=3&theme=dark")
    assert answer.content_type == "text/javascript; charset=utf-8"
    (src,) = re.findall(r'var src = "(.*)";', answer.text)
    assert src.encode().decode("unicode-escape") == f"{SITE}{BOX}?rows=3&theme=dark"
    assert "fetch" not in answer.text
    missing = client.get("/embed/agencies/no*/body.js")
    assert missing.status_code == 404
    unknown = client.get("/embed/agencies/no*body-1.js")
    assert (unknown.status_code, unknown.text) == (404, "/* 没有代号为 nobody-1 的部门 */\n")


def test_the_page_gives_the_code_to_copy_and_a_preview(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(*shops(1))
    page = pages.get("/embed/?agency=commerce&rows=7&theme=light")
    frame, script = page.texts("code")[:2]
    path = "/embed/agencies/commerce?rows=7&theme=light"
    assert frame.startswith(f'<iframe src="{SITE}{path}" title="郑州市商务局最新公示"')
    assert script == f'<script src="{SITE}{path.replace("?", ".js?")}" async></script>'
    assert page.one("iframe").get("src") == path
    copied = [button.get("data-copy") for button in page.all("button") if button.get("data-copy")]
    assert copied == ["frame-code", "script-code"]


def test_every_bureau_can_be_chosen(pages: CheckingClient) -> None:
    page = pages.get("/embed/?agency=nobody&rows=0&theme=pink")
    chosen = [o.get("value") for o in page.all("option") if o.get("selected") is not None]
    book = load_rulebook()
    assert chosen == [next(iter(book.agencies)), "1", "auto"]
    values = [option.get("value") for option in page.all("option")]
    assert values[: len(book.agencies)] == list(book.agencies)


def test_a_page_may_show_frames_of_this_site_alone(client: FlaskClient) -> None:
    assert "frame-src 'self'" in client.get("/embed/").headers["Content-Security-Policy"]
    assert "frame-src" not in client.get("/").headers["Content-Security-Policy"]


def test_a_bureau_s_page_leads_to_its_box(pages: CheckingClient) -> None:
    assert "/embed/?agency=commerce" in set(pages.get("/agencies/commerce").links())
