from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.extensions import db, vault
from credit_site.services.file_store import KeptFile
from credit_site.services.publication import EndReason, end_record
from credit_site.services.submissions import Delivery, receive
from tests.support.entries import penalty, saying
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import SEALED, listed, person
from tests.web.pages import CheckingClient, assert_safe_headers

ENDINGS = ("txt", "bib", "json")
TEXT = (
    "郑州市市场监督管理局. 郑市监处罚〔2026〕1号[行政处罚决定]. 2026-05-06. "
    "信用信息公示, https://credit.example/records/1, 引用日期 2026-06-01."
)


def test_the_page_shows_the_citation_with_the_permanent_link(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(penalty(1))
    page = pages.get("/records/1")
    assert page.texts("p", class_="citation") == [TEXT]
    (button,) = page.all("button", **{"data-copy": "citation"})
    assert button.text == "复制引文"
    assert page.one("p", class_="copying").get("hidden") is not None
    links = set(page.links())
    assert {f"/records/1/citation.{ending}" for ending in ENDINGS} <= links


def test_the_text_is_offered_as_a_file(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    answer = client.get("/records/1/citation.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.text == f"{TEXT}\n"


def test_programs_for_references_get_bibtex(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    answer = client.get("/records/1/citation.bib")
    assert answer.content_type == "application/x-bibtex; charset=utf-8"
    assert answer.text.splitlines() == [
        "@misc{record-1,",
        "  author = {{郑州市市场监督管理局}},",
        "  title = {{郑市监处罚〔2026〕1号}},",
        "  howpublished = {行政处罚决定},",
        "  date = {2026-05-06},",
        "  year = {2026},",
        "  organization = {信用信息公示},",
        "  url = {https://credit.example/records/1},",
        "  urldate = {2026-06-01},",
        "  version = {1},",
        "  langid = {chinese},",
        "}",
    ]


def test_programs_for_references_get_csl_json(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    answer = client.get("/records/1/citation.json")
    assert answer.content_type == "application/vnd.citationstyles.csl+json"
    assert answer.get_json(force=True) == [
        {
            "id": "record-1",
            "type": "document",
            "author": [{"literal": "郑州市市场监督管理局"}],
            "title": "郑市监处罚〔2026〕1号",
            "genre": "行政处罚决定",
            "container-title": "信用信息公示",
            "URL": "https://credit.example/records/1",
            "issued": {"date-parts": [[2026, 5, 6]]},
            "accessed": {"date-parts": [[2026, 6, 1]]},
            "version": "1",
            "language": "zh-CN",
        }
    ]


def test_a_file_leads_back_to_the_page(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    for ending in ENDINGS:
        headers = client.get(f"/records/1/citation.{ending}").headers
        assert_safe_headers(headers)
        assert headers["Link"] == '<https://credit.example/records/1>; rel="canonical"'
        assert headers["Content-Disposition"] == f'attachment; filename="record-1.{ending}"'


def test_an_entry_of_a_list_is_cited_as_such(pages: CheckingClient, publish: Publish) -> None:
    publish(listed(1, "published-elsewhere", document_number="", decided_on=None))
    (text,) = pages.get("/records/1").texts("p", class_="citation")
    assert text == (
        "公开的认定机关. 郑州某某食品有限公司[列入外地公布的失信名单]. "
        "信用信息公示, https://credit.example/records/1, 引用日期 2026-06-01."
    )


def test_a_natural_person_is_named_in_no_citation_but_as_on_the_page(
    client: FlaskClient, publish: Publish
) -> None:
    publish(replace(person(1), document_number="", document_number_key=""))
    for ending in ENDINGS:
        text = client.get(f"/records/1/citation.{ending}").text
        assert "欧阳**" in text
        assert not [value for value in ("欧阳某某", *SEALED.values()) if value in text]


def test_signs_of_tex_are_text(client: FlaskClient, publish: Publish) -> None:
    number = r"郑{100%}_#1&\~^$"
    publish(replace(penalty(1), document_number=number, document_number_key=number))
    text = client.get("/records/1/citation.bib").text
    title = r"郑\{100\%\}\_\#1\&\textbackslash{}\textasciitilde{}\textasciicircum{}\$"
    assert f"  title = {{{{{title}}}}}," in text


def test_the_version_follows_corrections(
    client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1))
    clock.move(days=1)
    publish(saying(penalty(1), violation_facts="更正后的事实"))
    (item,) = client.get("/records/1/citation.json").get_json(force=True)
    assert (item["version"], item["accessed"]) == ("2", {"date-parts": [[2026, 6, 2]]})


def test_invented_records_are_cited_as_invented(
    client: FlaskClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(penalty(1))
    delivery = Delivery("a.csv", "penalty_2016", "market-supervision", "demonstration")
    receive(db.session(), KeptFile("0" * 64, 1), delivery, clock.now())
    for ending in ENDINGS:
        assert "信用信息公示（演示数据）" in client.get(f"/records/1/citation.{ending}").text


@pytest.mark.parametrize("ending", ENDINGS)
def test_after_the_end_every_form_says_so_and_nothing_else(
    client: FlaskClient, publish: Publish, session: Session, clock: StandingClock, ending: str
) -> None:
    publish(penalty(1))
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
    answer = client.get(f"/records/1/citation.{ending}")
    assert answer.status_code == 410
    assert answer.headers["X-Robots-Tag"] == "noindex"
    notice = "编号 1 的信息自 2026年6月1日起不再公示，原因：信用修复。转载过的，请一并删除。"
    if ending == "json":
        assert answer.content_type == "application/problem+json"
        body = answer.get_json(force=True)
        assert (body["status"], body["detail"]) == (410, notice)
    else:
        assert answer.content_type == "text/plain; charset=utf-8"
        assert answer.text == f"{notice}\n"
    assert "郑市监处罚" not in answer.text


def test_the_page_of_what_has_ended_is_not_to_be_found(
    client: FlaskClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(penalty(1))
    assert "X-Robots-Tag" not in client.get("/records/1").headers
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
    answer = client.get("/records/1")
    assert (answer.status_code, answer.headers["X-Robots-Tag"]) == (410, "noindex")
    for told in ("application/ld+json", 'rel="canonical"', "郑州某某食品有限公司"):
        assert told not in answer.text


@pytest.mark.parametrize("path", ["/records/2/citation.txt", f"/records/{'9' * 30}/citation.bib"])
def test_what_was_never_there_is_not_found(
    client: FlaskClient, publish: Publish, path: str
) -> None:
    publish(penalty(1))
    assert client.get(path).status_code == 404
    assert client.get("/records/1/citation.pdf").status_code == 404
