from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from sqlalchemy import create_engine, text

from credit_site.demonstration import rows, titles
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import Clock
from credit_site.settings import Settings
from tests.domain.penalty_rows import CLEAN, ELSEWHERE, invented_uscc
from tests.support.uploads import table

Run = Callable[..., Result]
SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
ORDER = ("--layout", "penalty_2018_legal", "--agency", "market-supervision")


def bureau_file(path: Path, records: int = 40, spoil: str = "") -> Path:
    """A file of invented penalties; ``spoil`` empties a column in the third row."""
    layout = load_rulebook().layouts["penalty_2018_legal"]
    header = titles(layout)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        made = rows(layout, "market-supervision", records, 7, Clock().today())
        for number, row in enumerate(made):
            blank = number == 2 and spoil
            cells = [
                "" if blank and title == spoil else c for title, c in zip(header, row, strict=True)
            ]
            writer.writerow(cells)
    return path


def asked(settings: Settings, statement: str) -> int:
    engine = create_engine(settings.database_url)
    try:
        with engine.connect() as connection:
            found: int = connection.execute(text(statement)).scalar_one()
            return found
    finally:
        engine.dispose()


def test_a_clean_file_goes_in_whole_and_exits_with_0(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    result = run("import", bureau_file(tmp_path / "file.csv"), *ORDER, "--publish", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (report["rows"], report["accepted"], report["rejected"]) == (40, 40, 0)
    published = asked(settings, "SELECT count(*) FROM records")
    assert published + report["withheld"] == 40
    assert asked(settings, "SELECT max(seq) FROM ledger_entries") == published


def test_the_same_file_twice_changes_nothing_and_is_recognised(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    path = bureau_file(tmp_path / "file.csv")
    first = json.loads(run("import", path, *ORDER, "--publish", "--json").stdout)
    head = asked(settings, "SELECT max(seq) FROM ledger_entries")
    again = json.loads(run("import", path, *ORDER, "--publish", "--json").stdout)
    assert (again["accepted"], again["unchanged"]) == (0, 40)
    assert again["repeats"] == first["submission"]
    assert asked(settings, "SELECT max(seq) FROM ledger_entries") == head


def test_a_wrong_row_is_rejected_and_does_not_block_the_others(run: Run, tmp_path: Path) -> None:
    path = bureau_file(tmp_path / "file.csv", spoil="处罚依据")
    result = run("import", path, *ORDER, "--publish", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (report["rows"], report["accepted"], report["rejected"]) == (40, 39, 1)
    problem = next(p for p in report["problems"] if p["level"] == "error")
    assert (problem["row"], problem["column"], problem["code"]) == (4, "处罚依据", "required")


def test_a_dry_run_stores_nothing(run: Run, settings: Settings, tmp_path: Path) -> None:
    result = run("import", bureau_file(tmp_path / "file.csv"), *ORDER, "--dry-run", "--json")
    assert json.loads(result.stdout)["accepted"] == 40
    assert asked(settings, "SELECT count(*) FROM submissions") == 0
    assert asked(settings, "SELECT count(*) FROM records") == 0
    assert asked(settings, "SELECT count(*) FROM ledger_entries") == 0
    assert not (settings.data_path / "files").exists()


def test_without_publish_the_rows_wait_until_they_are_published(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    report = json.loads(run("import", bureau_file(tmp_path / "file.csv"), *ORDER, "--json").stdout)
    assert asked(settings, "SELECT count(*) FROM records") == 0
    run("publish", report["submission"])
    withheld = asked(settings, "SELECT count(*) FROM staged_rows WHERE state = 'withheld'")
    assert asked(settings, "SELECT count(*) FROM records") + withheld == 40


def test_the_report_is_the_file_with_its_mistakes_marked(run: Run, tmp_path: Path) -> None:
    path = bureau_file(tmp_path / "file.csv", spoil="处罚依据")
    run("import", path, *ORDER, "--publish", "--report", tmp_path / "report.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx").worksheets[0]
    assert sheet["A1"].value == "错误"
    assert "处罚依据" in sheet["A4"].value
    assert sheet.max_row == 41


def test_an_unusable_file_exits_with_2_and_says_what_to_do(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "file.csv"
    path.write_text("企业名称,备注\n某某公司,\n", encoding="utf-8")
    result = run("import", path, *ORDER, "--publish", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 2
    assert "行政处罚决定书文号" in told["message"]
    assert asked(settings, "SELECT count(*) FROM submissions WHERE state = 'unusable'") == 1


def test_a_column_of_id_card_numbers_is_refused_without_an_echo(
    run: Run, settings: Settings, tmp_path: Path, id_number: Callable[..., str]
) -> None:
    numbers = [id_number(sequence=n) for n in range(5)]
    path = tmp_path / "list.csv"
    rows = (f"某某商行{n},{n},电子商务,某市名单" for n in numbers)
    lines = ["企业名称,统一信用代码,失信领域,名单来源", *rows]
    lines = [
        line.replace(f"某某商行{n}", "某某商行")
        for line, n in zip(lines, ["", *numbers], strict=True)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    result = run(
        "import",
        path,
        "--layout",
        "list_elsewhere",
        "--agency",
        "market-supervision",
        "--publish",
        "--report",
        tmp_path / "report.xlsx",
    )
    assert result.exit_code == 1
    report = (tmp_path / "report.xlsx").read_bytes()
    cells = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(tmp_path / "report.xlsx").worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    for number in numbers:
        assert number not in result.output
        assert number.encode() not in report
        assert not any(number in cell for cell in cells)
    assert asked(settings, "SELECT count(*) FROM records") == 0


@pytest.mark.skipif(not SHARED.exists(), reason="the published files are not here")
def test_a_list_published_elsewhere_goes_in_whole_once_it_names_its_origin(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    published, named = SHARED / "ecommerce_blacklist_91855.xlsx", tmp_path / "named.xlsx"
    options = ("--layout=list_elsewhere", "--agency=development-and-reform", "--publish", "--json")
    refused = run("import", published, *options)
    assert refused.exit_code == 2
    assert "缺少必需的列：名单来源" in refused.output
    book = openpyxl.load_workbook(published)
    sheet = book.worksheets[0]
    column = sheet.max_column + 1
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, column, "名单来源" if row == 1 else "某某平台公布的名单")
    book.save(named)
    result = run("import", named, *options)
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (report["rows"], report["accepted"]) == (500, 500)
    assert asked(settings, "SELECT count(*) FROM records WHERE uscc <> ''") == 476
    assert asked(settings, "SELECT count(*) FROM records") == 500
    warned = {p["row"] for p in report["problems"] if p["level"] == "warning"}
    assert len(warned) >= 24


def copied(path: Path, *numbers: int) -> Path:
    """A list published elsewhere with so many companies."""
    changes = (
        {"subject_name": f"洛阳第{n}号商贸有限公司", "uscc": invented_uscc(n)} for n in numbers
    )
    named = [{**CLEAN[ELSEWHERE], **one} for one in changes]
    path.write_bytes(table(named, ELSEWHERE))
    return path


def test_what_a_copied_list_no_more_has_is_told_and_waits_to_be_withdrawn(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    order = ("--layout", ELSEWHERE, "--agency", "market-supervision")
    whole, fewer = copied(tmp_path / "1.csv", 1, 2), copied(tmp_path / "2.csv", 2)
    assert "没有" not in run("import", whole, *order, "--publish").stdout
    waiting = "SELECT count(*) FROM withdrawals"
    checked = run("import", fewer, *order, "--dry-run")
    assert (
        "已经没有 1 条，报送以后列为待移出：洛阳第1号商贸有限公司（公示编号 1）" in checked.stdout
    )
    assert asked(settings, waiting) == 0
    told = run("import", fewer, *order, "--publish")
    assert "已经没有 1 条，已列为待移出：洛阳第1号商贸有限公司（公示编号 1）" in told.stdout
    assert asked(settings, waiting) == 1
    assert json.loads(run("import", fewer, *order, "--json").stdout)["gone"] == [1]
    assert "已经没有" not in run("import", whole, *order).stdout
    assert asked(settings, waiting) == 0
