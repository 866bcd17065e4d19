"""Papers: what they say is what the data say, readable by eyes, ears and programs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from credit_site.services import pdf
from credit_site.services.pdf import PdfBroken, PdfTooHeavy, render_pdf
from tests.support.papers import read_paper

AT = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
TEMPLATE = """#import "/document.typ": *
#show: paper.with(title: data.name, left: "左")
= 标题
#data.name
== 一节
#facts((("名称", data.name), ("文号", "郑市监处罚〔2026〕1号")))
"""


@pytest.fixture(autouse=True)
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates of this test's own, with the frame that all papers share."""
    (tmp_path / "document.typ").write_bytes((pdf.TEMPLATES / "document.typ").read_bytes())
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    path = tmp_path / "example.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def text(name: str) -> str:
    return read_paper(render_pdf("example.typ", {"name": name}, AT)).text


@pytest.mark.parametrize(
    "name",
    [
        '#eval("x")',
        "*bold*_em_$x$`raw`",
        '"\\"}]#include("/etc/passwd")',
        "=标题<label>@ref//comment/**/",
        "郑州某某食品有限公司",
        "叕𠮷㑇饸饹烔炀",
        "国國　ＡＢ１２①※",
    ],
)
def test_a_name_is_written_out_letter_by_letter(name: str) -> None:
    assert "".join(name.split()) in text(name)


def test_a_character_that_no_font_has_is_written_as_its_number() -> None:
    assert "郑州〔U+10FFFD〕公司" in text("郑州\U0010fffd公司")


def test_it_is_chinese_tagged_and_has_a_title() -> None:
    paper = read_paper(render_pdf("example.typ", {"name": "某某公司"}, AT))
    assert (paper.language, paper.title, paper.pages) == ("zh-CN", "某某公司", 1)
    assert paper.tags["/H1"] == paper.tags["/H2"] == paper.tags["/Table"] == 1
    assert paper.tags["/TD"] == 4
    assert "第1/1页" in paper.text


def test_the_same_data_and_moment_give_the_same_bytes() -> None:
    first, again = (render_pdf("example.typ", {"name": "某某公司"}, AT) for _ in range(2))
    assert first == again
    assert first != render_pdf("example.typ", {"name": "某某公司"}, AT.replace(hour=3))


def test_the_letters_are_in_the_file() -> None:
    made = render_pdf("example.typ", {"name": "某某公司"}, AT)
    assert b"RecordSans" in made
    assert len(made) < 100_000


def test_a_run_of_letters_without_blanks_stays_on_the_sheet_and_is_copied_as_it_is() -> None:
    run = "A" * 600
    paper = read_paper(render_pdf("example.typ", {"name": run}, AT))
    assert paper.text.count(run) >= 2, "nothing is put between the letters, nothing is lost"
    lines = [
        line
        for page in paper.reader.pages
        for line in page.extract_text().splitlines()
        if "AAAA" in line
    ]
    assert max(map(len, lines)) < 120, "more letters than that stand on no line of the sheet"


@pytest.mark.parametrize("filled", range(190, 260, 5))
def test_no_table_begins_with_a_single_row_at_the_foot_of_a_page(
    template: Path, filled: int
) -> None:
    template.write_text(
        '#import "/document.typ": *\n#show: paper.with(title: "表")\n'
        f"#v({filled}mm - 5mm)\n#room(34mm)\n#overview(columns: 2, head([甲], [乙]),"
        " ..range(30).map(at => ([行] + str(at), [数])).flatten())",
        encoding="utf-8",
    )
    pages = read_paper(render_pdf("example.typ", {}, AT)).reader.pages
    begun = pages[0].extract_text().count("行")
    assert begun != 1
    assert begun == 0 or begun >= 3


def test_a_template_that_does_not_fit_is_told_without_its_data(template: Path) -> None:
    template.write_text("#panic(sys.inputs.data)", encoding="utf-8")
    with pytest.raises(PdfBroken) as caught:
        render_pdf("example.typ", {"name": "某某公司"}, AT)
    assert "某某" not in str(caught.value)


def test_a_template_reads_nothing_outside_its_folder(template: Path) -> None:
    template.write_text('#read("../../../../etc/hostname")', encoding="utf-8")
    with pytest.raises(PdfBroken):
        render_pdf("example.typ", {}, AT)


def test_a_paper_without_end_is_given_up(template: Path) -> None:
    template.write_text(
        "#let i = 0\n#while i < 9000000000 { i += 1; if calc.rem(i, 9000) == 0 { [x] } }",
        encoding="utf-8",
    )
    with pytest.raises((PdfTooHeavy, PdfBroken)):
        render_pdf("example.typ", {}, AT, seconds=1)
