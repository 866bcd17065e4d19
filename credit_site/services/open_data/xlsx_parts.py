"""The parts of a workbook (ECMA-376-1, SpreadsheetML) as texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from credit_site.services.open_data.table import Kind, TableColumn

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# Places in cellXfs below. quotePrefix: a text that begins like a formula stays a text even when
# somebody edits the cell.
_TITLE, _TEXT, _DAY, _YUAN = 1, 2, 3, 4
_STYLE = {Kind.DAY: _DAY, Kind.YUAN: _YUAN, Kind.NUMBER: 0}
_WIDTHS = {Kind.NUMBER: 10, Kind.DAY: 12, Kind.YUAN: 16, Kind.ADDRESS: 38, Kind.TEXT: 22}

STYLES = f"""{_XML}<styleSheet xmlns="{_MAIN}">\
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
<numFmt numFmtId="165" formatCode="#,##0.00"/></numFmts>\
<fonts count="2"><font><sz val="11"/><name val="等线"/></font>\
<font><b/><sz val="11"/><name val="等线"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>\
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" \
applyNumberFormat="1"/>\
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
</styleSheet>"""


def cell(kind: Kind, value: str) -> str:
    """A cell; texts are told as texts, everything else as a number."""
    if kind in _STYLE:
        return f'<c s="{_STYLE[kind]}"><v>{value}</v></c>'
    return _text(_TEXT, value)


def _text(style: int, value: str) -> str:
    return f'<c s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'


EMPTY_CELLS = tuple(cell(kind, "") for kind in (Kind.TEXT, Kind.DAY, Kind.YUAN))
"""How cells without a value come out; an empty number would be taken for damage."""


def title_row(titles: Sequence[str]) -> str:
    """The first row."""
    return f"<row>{''.join(_text(_TITLE, escape(title)) for title in titles)}</row>"


def sheet_head(columns: Sequence[TableColumn]) -> str:
    """A sheet up to its rows: the titles stay in view, columns are as wide as they need."""
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_WIDTHS[column.kind]}" customWidth="1"/>'
        for n, column in enumerate(columns, 1)
    )
    view = (
        '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView>'
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews>{view}</sheetViews>'
        f"<cols>{widths}</cols><sheetData>"
    )


def sheet_foot(width: int, rows: int) -> str:
    """A sheet from its rows on: filters over all of them."""
    return f'</sheetData><autoFilter ref="A1:{letters(width)}{rows}"/></worksheet>'


def letters(number: int) -> str:
    """A, B, …, Z, AA: a column's name by its number from 1."""
    name = ""
    while number:
        number, place = divmod(number - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def closing(sheets: int, moment: datetime) -> Mapping[str, str]:
    """The parts that say which sheets there are, by their names in the archive."""
    numbers = range(1, sheets + 1)
    return {
        "docProps/core.xml": _core(moment),
        "xl/workbook.xml": _workbook(numbers),
        "xl/_rels/workbook.xml.rels": _workbook_relations(numbers),
        "_rels/.rels": _relations(
            _relation("rId1", f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            _relation(
                "rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"
            ),
        ),
        "[Content_Types].xml": _content_types(numbers),
    }


def _core(moment: datetime) -> str:
    written = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{written}</dcterms:created>'
        "</cp:coreProperties>"
    )


def _workbook(numbers: range) -> str:
    sheets = "".join(
        f'<sheet name="{_sheet_name(n, len(numbers))}" sheetId="{n}" r:id="rId{n}"/>'
        for n in numbers
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<bookViews><workbookView activeTab="0"/></bookViews><sheets>{sheets}</sheets></workbook>'
    )


def _sheet_name(number: int, of: int) -> str:
    return "数据" if of == 1 else f"数据{number}"


def _workbook_relations(numbers: range) -> str:
    sheets = (
        _relation(f"rId{n}", f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers
    )
    styles = _relation(f"rId{len(numbers) + 1}", f"{_OFFICE}/styles", "styles.xml")
    return _relations(*sheets, styles)


def _relations(*relations: str) -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{''.join(relations)}</Relationships>"
    )


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'


def _content_types(numbers: range) -> str:
    named = {
        "/xl/workbook.xml": f"{_TYPE}.sheet.main+xml",
        "/xl/styles.xml": f"{_TYPE}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/xl/worksheets/sheet{n}.xml": f"{_TYPE}.worksheet+xml" for n in numbers},
    }
    parts = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in named.items())
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{parts}</Types>"
    )
