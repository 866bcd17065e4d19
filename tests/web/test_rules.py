from __future__ import annotations

import io

import openpyxl
import pytest
from flask.testing import FlaskClient

from credit_site.domain.rulebook import load_rulebook
from tests.web.pages import CheckingClient, text_of

BOOK = load_rulebook()


def test_every_file_of_the_rulebook_is_shown(pages: CheckingClient) -> None:
    page = pages.get("/rules/")
    links = set(page.links())
    assert {f"/rules/{name}" for name in BOOK.rules} <= links
    assert {f"/rules/registers/{name}" for name in BOOK.registers} <= links
    assert {f"/rules/layouts/{name}" for name in BOOK.layouts} <= links
    names = [kind.name for kind in BOOK.penalty_types.values()]
    names += [campaign.name for campaign in BOOK.campaigns.values()]
    names += [division.name for division in BOOK.divisions.values()]
    assert not [name for name in names if name not in page.main]


@pytest.mark.parametrize("name", BOOK.rules)
def test_a_rule_shows_every_version_with_dates_and_basis(pages: CheckingClient, name: str) -> None:
    rule = BOOK.rules[name]
    page = pages.get(f"/rules/{name}")
    assert page.heading == rule.title
    for version in rule.versions:
        since = "" if version.since is None else f"{version.since.isoformat()} 起"
        assert since in page.main
        assert version.basis
        assert not [basis for basis in version.basis if basis.document not in page.main]
    marked = [text for text in page.texts("li") if text.endswith("未核实")]
    assert len(marked) == sum(not b.verified for v in rule.versions for b in v.basis)


@pytest.mark.parametrize("name", BOOK.rules)
def test_a_rule_speaks_chinese(pages: CheckingClient, name: str) -> None:
    cells = pages.get(f"/rules/{name}").texts("th", scope="row")
    assert cells
    assert not [cell for cell in cells if "_" in cell]


def test_what_a_list_rests_on_is_marked_where_it_is_not_verified(pages: CheckingClient) -> None:
    bases = [basis for definition in BOOK.lists.values() for basis in definition.basis]
    lists = pages.get("/lists/").all("ul", class_="basis")
    shown = [text_of(item) for basis in lists for item in basis]
    assert [text.endswith("未核实") for text in shown] == [not basis.verified for basis in bases]


@pytest.mark.parametrize("name", BOOK.registers)
def test_a_register_shows_every_field_and_whether_it_is_public(
    pages: CheckingClient, name: str
) -> None:
    rows = pages.get(f"/rules/registers/{name}").rows()
    words = {"public": "公开", "masked": "自然人隐去名字", "never": "不公开"}
    assert [row[:3] for row in rows] == [
        [field.title, field.name, words[field.visibility]] for field in BOOK.registers[name].fields
    ]


@pytest.mark.parametrize("name", BOOK.layouts)
def test_a_layout_shows_every_column_and_offers_a_blank_workbook(
    pages: CheckingClient, client: FlaskClient, name: str
) -> None:
    page = pages.get(f"/rules/layouts/{name}")
    titles = [column.title for column in BOOK.layouts[name].columns]
    assert page.texts("th", scope="row") == titles
    with client.get(page.link("下载空白表格（XLSX）")) as response:
        assert response.status_code == 200
        assert f"filename={name}.xlsx" in response.headers["Content-Disposition"]
        book = openpyxl.load_workbook(io.BytesIO(response.data))
    found = {str(cell.value).rstrip("*＊ ") for sheet in book for row in sheet for cell in row}
    assert not [title for title in titles if not any(title in text for text in found)]


@pytest.mark.parametrize(
    "path", ["nothing", "registers/nothing", "layouts/nothing", "layouts/nothing.xlsx"]
)
def test_rules_nobody_made_are_not_found(pages: CheckingClient, path: str) -> None:
    pages.get(f"/rules/{path}", status=404)
