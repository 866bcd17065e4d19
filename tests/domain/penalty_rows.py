"""Rows of invented files for tests of validation and entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from credit_site.domain.cells import Cell
from credit_site.domain.entries import Entry, EntryMaker
from credit_site.domain.identifiers import organisation_code_check_digit, uscc_check_digit
from credit_site.domain.issues import Issue
from credit_site.domain.rulebook import Agency, Layout, load_rulebook
from credit_site.domain.validation import CheckedRow, RowChecker, match_header
from credit_site.domain.validation.listing_checks import UNCONFIRMED

TODAY = date(2026, 6, 1)
BOOK = load_rulebook()
LEGAL, PERSON = "penalty_2018_legal", "penalty_2018_person"
OLD, LIST, ELSEWHERE = "penalty_2016", "serious_dishonesty", "list_elsewhere"
LAYOUTS = (LEGAL, PERSON, OLD, LIST, ELSEWHERE)
AGENCY = BOOK.agencies["market-supervision"]

Row = Mapping[str, Cell]


def invented_uscc(number: int = 1, division: str = "410105") -> str:
    """A code that passes both checks; ``number`` has at most six digits."""
    body = f"MA{number:06d}"
    first = f"91{division}{body}{organisation_code_check_digit(body)}"
    return first + uscc_check_digit(first)


USCC = invented_uscc()
COMMON: Row = {
    "decision_number": "郑市监处罚〔2026〕12号",
    "violation_type": "销售侵犯注册商标专用权的商品",
    "violation_facts": "当事人于2026年3月销售侵犯注册商标专用权的白酒12瓶，货值金额3600元。",
    "legal_basis": "《中华人民共和国商标法》第六十条第二款",
    "penalty_types": "罚款",
    "penalty_content": "罚款人民币10000元",
    "fine_yuan": "1",
    "decision_date": "2026-05-06",
    "penalty_valid_until": "2099/12/31",
    "enforcement_agency": AGENCY.name,
    "enforcement_agency_uscc": AGENCY.uscc,
    "source_agency": AGENCY.name,
    "source_agency_uscc": AGENCY.uscc,
}
CLEAN: Mapping[str, Row] = {
    LEGAL: {
        **COMMON,
        "counterparty_name": "郑州某某食品有限公司",
        "counterparty_type": "法人及非法人组织",
        "uscc": USCC,
    },
    PERSON: {
        **COMMON,
        "counterparty_name": "欧阳某某",
        "counterparty_type": "自然人",
        "counterparty_document_type": "护照号",
        "counterparty_document_number": "X0000001",
    },
    OLD: {
        "decision_number": "郑工商处字〔2017〕12号",
        "penalty_types": "罚款",
        "violation_facts": "销售侵犯注册商标专用权的白酒",
        "legal_basis": "《中华人民共和国商标法》第六十条第二款",
        "counterparty_name": "郑州某某食品有限公司",
        "uscc": USCC,
        "penalty_content": "罚款10000元",
        "decision_date": "2017-05-08",
        "enforcement_agency": "郑州市工商行政管理局",
        "status": "0",
        "division_code": "410105",
        "data_timestamp": "2017/05/10 09:30:00",
        "use_scope": "0",
    },
    LIST: {
        "subject_name": "郑州某某商贸有限公司",
        "subject_type": "法人及非法人组织",
        "uscc": USCC,
        "branch": "知识产权",
        "ground": "故意侵犯知识产权",
        "measures": "列为重点监管对象；不授予荣誉称号",
        "legal_basis": "《市场监督管理严重违法失信名单管理办法》第九条",
        "deciding_agency": AGENCY.name,
        "document_number": "郑市监列严〔2026〕3号",
        "listed_on": "2026-05-06",
    },
    ELSEWHERE: {
        "subject_name": "某某电子商务有限公司",
        "uscc": USCC,
        "ground": "电子商务领域失信",
        "origin": "某某市商务局电子商务失信名单",
    },
}


def layout_titles(layout: Layout) -> tuple[str, ...]:
    """The titles of all columns."""
    return tuple(column.title for column in layout.columns)


def checker(
    layout: str = LEGAL, titles: Sequence[str] | None = None, agency: Agency = AGENCY
) -> RowChecker:
    """A checker for a bureau's file with these titles, all of the layout's by default."""
    found = BOOK.layouts[layout]
    header = match_header(found, titles or layout_titles(found))
    return RowChecker(found, header, BOOK, agency, TODAY)


def cells_of(row: Row, layout: str = LEGAL) -> tuple[Cell, ...]:
    """The cells of a row that is given by field; a field's second column stays blank."""
    left = dict(row)
    return tuple(left.pop(column.field, None) for column in BOOK.layouts[layout].columns)


def checked(layout: str = LEGAL, **changes: Cell) -> CheckedRow:
    """A clean row with some cells changed, checked as row 7."""
    return checker(layout).check(7, cells_of({**CLEAN[layout], **changes}, layout))


def issues(layout: str = LEGAL, **changes: Cell) -> tuple[Issue, ...]:
    """What is wrong with a clean row after some cells were changed.

    That somebody has to confirm what a case would have demanded is said of every list's row.
    """
    found = checked(layout, **changes).issues
    return tuple(issue for issue in found if issue.code not in UNCONFIRMED)


def codes(layout: str = LEGAL, **changes: Cell) -> list[str]:
    """The codes of the issues."""
    return [issue.code for issue in issues(layout, **changes)]


def value(field: str, cell: Cell, layout: str = LEGAL) -> object:
    """What a cell is read as; None when the row is refused."""
    row = checked(layout, **{field: cell})
    return None if row.values is None else row.values.get(field)


MANAGERS: Row = {
    **CLEAN[LIST],
    "subject_name": "张某某",
    "subject_type": "自然人",
    "uscc": "",
    "list": "network-service-managers",
    "branch": "网络空间传播秩序",
    "ground": "严重破坏网络空间传播秩序",
    "deciding_agency": "郑州市互联网信息办公室",
}
"""A manager of a network service provider, listed by the bureau that may."""


def of_manager(**changes: Cell) -> CheckedRow:
    """The row of a manager, checked for that bureau."""
    made = checker(LIST, agency=BOOK.agencies["cyberspace"])
    return made.check(7, cells_of({**MANAGERS, **changes}, LIST))


def entry(layout: str = LEGAL, **changes: Cell) -> Entry:
    """The entry of a row that must have no errors."""
    return entry_of(checked(layout, **changes), layout)


def entry_of(row: CheckedRow, layout: str) -> Entry:
    """The same of a row that was checked."""
    assert row.values is not None, row.issues
    register = BOOK.registers[BOOK.layouts[layout].register]
    return EntryMaker(register, BOOK, AGENCY, TODAY).make(row.values)
