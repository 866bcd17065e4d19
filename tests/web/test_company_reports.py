"""The credit report: from the company page to the paper, and from the paper back to the site."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.extensions import vault
from credit_site.services.amending import mark_dispute
from credit_site.services.grounds import Ground
from credit_site.services.pdf import PdfTooHeavy
from credit_site.services.publication import EndReason, end_record
from credit_site.web.company_reports import download
from credit_site.web.company_reports.press import Press
from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import CODE, penalty, saying
from tests.support.papers import ReadPaper, read_paper
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import SEALED, full_penalty, listed
from tests.web.pages import CheckingClient, Page

ADDRESS = f"/companies/{CODE}/report.pdf"
NOBODY = invented_uscc(4711)
File = Callable[[bytes], Page]


def report(client: FlaskClient, address: str = ADDRESS) -> ReadPaper:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    return read_paper(answer.data)


def number_in(paper: ReadPaper) -> str:
    (found,) = set(re.findall(r"BG\d{8}-[A-Z2-7]{10}", paper.text))
    return str(found)


def test_the_company_page_offers_it(pages: CheckingClient, publish: Publish) -> None:
    publish(penalty(1))
    (link,) = pages.get(f"/companies/{CODE}").all("a", href=ADDRESS)
    assert link.get("rel") == "nofollow"


def test_it_says_of_each_penalty_what_people_look_for(
    client: FlaskClient, publish: Publish
) -> None:
    publish(replace(full_penalty(1), severity="serious"), penalty(2))
    paper = report(client)
    for said in (
        "企业信用报告郑州某某食品有限公司",
        CODE,
        "生成时间2026年6月1日10:00",
        "公示账本第2笔",
        "不在严重失信主体名单上正在公示的行政处罚2条。",
        "郑市监处罚〔2026〕1号2026-05-06公开的处罚机关",
        "罚款10,000.00严重2027-05-06",
        "郑州市市场监督管理局罚款10,000.00一般2027-05-06",
        "违法事实销售侵犯注册商标专用权的商品",
        "公示至2027年5月6日",
        "罚款合计20,000.00元",
        "没收合计12,345.60元",
    ):
        assert said in paper.text, said
    assert {
        "https://credit.example/records/1",
        "https://credit.example/objections/new?record=1",
        "https://credit.example/repairs/new?record=2",
        f"https://credit.example/verify/{number_in(paper)}",
    } <= paper.links


def test_a_usual_pair_of_penalties_stands_on_one_line_of_the_table(
    client: FlaskClient, publish: Publish
) -> None:
    one = penalty(1)
    publish(replace(one, content={**one.content, "penalty_types": ["罚款", "没收违法所得"]}))
    pages = report(client).reader.pages
    lines = [line for page in pages for line in page.extract_text().splitlines()]
    assert any("罚款、没收违法所得" in line for line in lines)


def test_its_sections_are_those_of_the_national_report_in_their_order(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1), listed(2), listed(3, "watch"), listed(4, "trustworthy"))
    text = report(client).text
    titles = (
        "一、行政管理", "二、诚实守信", "三、严重失信主体名单", "四、经营异常", "五、信用承诺",
        "六、信用评价", "七、司法判决", "八、其他信息", "九、信用状况提升建议", "十、地方补充内容",
    )  # fmt: skip
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    parts = dict(zip(titles, map(text.__getitem__, map(slice, places, places[1:])), strict=False))
    assert "行政许可：本站没有收录" in parts["一、行政管理"]
    assert "守信激励名单" in parts["二、诚实守信"]
    assert "在列的名单1项" in parts["三、严重失信主体名单"]
    assert "重点关注名单" in parts["八、其他信息"]
    assert "截至2026年6月1日10:00，没有公布的" in parts["五、信用承诺"]
    for title in titles[3:7]:
        assert "本站没有收录" in parts[title]
    advice = parts["九、信用状况提升建议"]
    assert "郑市监处罚〔2026〕1号" in advice
    assert "最早可以在2026年" in advice


def test_nothing_that_is_sealed_is_in_it(client: FlaskClient, publish: Publish) -> None:
    publish(full_penalty(1))
    paper = report(client)
    assert not [value for value in SEALED.values() if value in paper.text]


def test_lists_stand_with_their_dates_and_objections_are_marked(
    client: FlaskClient, publish: Publish, session: Session, clock: StandingClock
) -> None:
    publish(listed(1), listed(2, "watch"), listed(3, "trustworthy"), penalty(4))
    ground = Ground("当事人提出异议", "异议申请书", clock.today())
    mark_dispute(session, vault(), 4, ground, "clerk", clock.now(), disputed=True)
    text = report(client).text
    assert "在严重失信主体名单上，公示至2027年5月6日" in text
    for name in ("严重失信主体名单", "重点关注名单"):
        assert f"{name}在列2026年5月6日列入，公示至2027年5月6日" in text
    assert "守信激励名单不在列" in text, "nobody is on both"
    assert "外地公布的失信名单不在列" in text
    assert "一般异议处理中2027-05-06" in text
    assert "其中异议处理中1条" in text


def test_a_code_that_nothing_is_known_of_is_told_so_kindly(client: FlaskClient) -> None:
    paper = report(client, f"/companies/{NOBODY}/report.pdf")
    assert paper.title == f"企业信用报告：统一社会信用代码 {NOBODY}"
    assert "没有正在公示的行政处罚不在任何失信名单上。" in paper.text
    assert "这不表示代码没有登记" in paper.text


def test_what_is_no_code_has_no_report(client: FlaskClient) -> None:
    assert client.get("/companies/123/report.pdf").status_code == 404
    assert client.get(f"/companies/{CODE[:-1]}0/report.pdf").status_code == 404
    moved = client.get(f"/companies/{CODE.lower()}/report.pdf")
    assert (moved.status_code, moved.location) == (301, ADDRESS)


@pytest.mark.parametrize("name", ['#eval("x")*粗*公司', "郑州叕𠮷饸饹有限公司"])
def test_names_come_out_as_they_are(client: FlaskClient, publish: Publish, name: str) -> None:
    publish(saying(penalty(1, subject_name=name), counterparty_name=name))
    paper = report(client)
    assert name in paper.text
    assert paper.title == f"企业信用报告：{name}"


def test_it_is_tagged_chinese_and_numbered_by_page(client: FlaskClient, publish: Publish) -> None:
    publish(*(penalty(number) for number in range(1, 12)))
    paper = report(client)
    assert paper.language == "zh-CN"
    assert (paper.tags["/H1"], paper.tags["/H2"], paper.tags["/H3"]) == (1, 13, 11)
    assert paper.tags["/Figure"] == 1
    assert paper.tags["/TH"] >= 11
    assert f"第{paper.pages}/{paper.pages}页" in paper.text


def test_it_is_the_same_file_until_something_changes(
    client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1))
    first = client.get(ADDRESS)
    clock.move(minutes=5)
    again = client.get(ADDRESS)
    assert first.data == again.data
    assert first.headers["Cache-Control"] == "no-store"
    text = read_paper(again.data).text
    assert "生成时间2026年6月1日10:00" in text
    assert "查询时间" not in text, "that of the second query would be another"
    assert "再次下载还是同一份报告，生成时间不变" in text
    publish(penalty(2))
    assert client.get(ADDRESS).data != first.data


def test_another_process_makes_the_same_bytes(
    app: Flask, client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1))
    first = client.get(ADDRESS).data
    clock.move(minutes=5)
    download.init_company_reports(app)
    assert client.get(ADDRESS).data == first


@pytest.mark.long
def test_two_thousand_records_are_all_in_the_table(client: FlaskClient, publish: Publish) -> None:
    publish(*(penalty(number) for number in range(1, 2_001)))
    text = report(client).text
    assert all(f"郑市监处罚〔2026〕{number}号" in text for number in range(1, 2_001))
    assert "逐项列出前50条" in text


def test_what_ended_is_in_no_new_report_and_the_old_one_says_only_how_much(
    client: FlaskClient,
    pages: CheckingClient,
    publish: Publish,
    session: Session,
    clock: StandingClock,
) -> None:
    publish(penalty(1), penalty(2))
    number = number_in(report(client))
    assert "没有变化" in pages.get(f"/verify/{number}").main
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
    publish(penalty(3))
    page = pages.get(f"/verify/{number}")
    assert "是本站生成的报告" in page.main
    assert "报告里有 1 条信息已经不再公示" in page.main
    assert "郑市监处罚〔2026〕3号" in page.main
    assert "〔2026〕1号" not in page.html
    assert "〔2026〕1号" not in report(client).text


def test_a_number_nobody_got_is_not_genuine(pages: CheckingClient) -> None:
    page = pages.get("/verify/BG20260601-AAAAAAAAAA", status=404)
    assert "没有出具过" in page.main


@pytest.fixture
def held_beside(client: FlaskClient) -> Callable[[str, bytes], str]:
    """Uploads a file to the page of a report, as a browser without scripts does."""

    def send(number: str, file: bytes) -> str:
        sent = {"file": (io.BytesIO(file), "报告.pdf")} if file else {}
        answer = client.post(f"/verify/{number}", data=sent, content_type="multipart/form-data")
        assert answer.status_code == 200
        shown = re.findall(r'data-said="(\w+)">', answer.text)
        return ",".join(shown)

    return send


def test_a_file_is_told_from_a_forged_one_without_scripts(
    client: FlaskClient, publish: Publish, held_beside: Callable[[str, bytes], str]
) -> None:
    publish(penalty(1))
    pdf = client.get(ADDRESS).data
    number = number_in(read_paper(pdf))
    assert held_beside(number, pdf) == "same"
    assert held_beside(number, pdf + b"\n") == "other"
    assert held_beside(number, b"") == "none"


def test_the_page_tells_the_digest_of_the_file(
    client: FlaskClient, pages: CheckingClient, publish: Publish
) -> None:
    publish(penalty(1))
    pdf = client.get(ADDRESS).data
    page = pages.get(f"/verify/{number_in(read_paper(pdf))}")
    assert hashlib.sha256(pdf).hexdigest() in page.main


def test_a_crowd_is_asked_to_come_back(app: Flask, client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    press = Press(patience=0.0)
    app.extensions[download._PLACE] = press
    with press.turn():
        answer = client.get(ADDRESS)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "请等几秒钟再点一次" in answer.text
    assert client.get(ADDRESS).status_code == 200


def test_one_address_cannot_have_reports_made_without_end(
    client: FlaskClient, clock: StandingClock
) -> None:
    most = download.LIMITS[0].amount
    codes = [invented_uscc(number) for number in range(most + 1)]
    answers = [client.get(f"/companies/{code}/report.pdf") for code in codes]
    assert {answer.status_code for answer in answers[:most]} == {200}
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"]
    assert client.get(f"/companies/{codes[0]}/report.pdf").status_code == 200, "lies ready"


def test_a_paper_that_is_too_heavy_is_said(
    client: FlaskClient, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_heavy(*_: object) -> bytes:
        raise PdfTooHeavy

    publish(penalty(1))
    monkeypatch.setattr(download, "render_pdf", too_heavy)
    answer = client.get(ADDRESS)
    assert answer.status_code == 503
    assert "一份报告装不下" in answer.text
