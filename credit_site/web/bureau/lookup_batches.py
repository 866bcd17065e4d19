"""``/bureau/lookups/batch``: many subjects at once, one receipt; its answers as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.cells import Cell
from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.lookups import Result
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import Measure
from credit_site.intake.plain_sheet import write_sheet
from credit_site.services.lookups.asking import MOST_SUBJECTS
from credit_site.services.lookups.views import Entry, LineView, ReceiptView
from credit_site.services.matching import Match
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import allow_form, form_text
from credit_site.web.bureau.access import needs
from credit_site.web.bureau.lookup_receipts import found_receipt, offered_names
from credit_site.web.bureau.lookups import BUSY, PURPOSES, answered
from credit_site.web.frame import words
from credit_site.web.name_lists import MOST_BYTES, Refused, sent_lines
from credit_site.web.presenters.lookups import BARRED, CHANGED, OUTCOMES, RESULTS
from credit_site.web.presenters.receipts import beside
from credit_site.web.screening import WORKBOOK
from search_index import SearchUnavailable

_TITLES = (
    ("原行号", 8), ("查询的名称", 36), ("查询的代码", 21), ("结果", 20), ("说明", 40),
    ("在原表里", 22),
    ("公示的主体名称", 36), ("统一社会信用代码", 21), ("名单", 24), ("列入决定书文号", 28),
    ("公示至", 12), ("措施", 50), ("依据", 60), ("反馈", 14), ("回执编号", 26),
    ("名单", 60),
)  # fmt: skip
_ENTRY_CELLS = 7


def make_room() -> None:
    """Before the form is read, even for its token: a list may be large."""
    if request.endpoint == "bureau.take_lookup_batch":
        allow_form(MOST_BYTES)


@needs(Permission.LOOK_UP)
def form() -> str:
    """The form for many subjects."""
    return _form("")


@needs(Permission.LOOK_UP)
def take() -> AnyResponse | tuple[str, int]:
    """Asks about all of them; leads on to the receipt."""
    try:
        sent = sent_lines(MOST_SUBJECTS)
        return answered(sent.lines, sent.reading)
    except (Refused, NotPossible) as refused:
        return _form(str(refused)), 422
    except SearchUnavailable:
        return _form(BUSY), 503


@needs(Permission.READ)
def workbook(number: str) -> Response:
    """The receipt's lines as XLSX, as far as they may be shown today."""
    found, stream = found_receipt(number), BytesIO()
    write_sheet("查询结果", _TITLES, _rows(found), stream)
    response = Response(stream.getvalue(), content_type=WORKBOOK)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.number}.xlsx"'
    return response


def _form(error: str) -> str:
    return render_template(
        "bureau/lookup_batch.html",
        error=error,
        purpose=form_text("purpose"),
        matter_number=form_text("matter_number"),
        names=mask_personal_numbers(form_text("names")),
        purposes=[("", "请选择"), *PURPOSES],
        most=f"{MOST_SUBJECTS:,}",
    )


def _rows(found: ReceiptView) -> Iterator[tuple[Cell, ...]]:
    offered = offered_names(found.lines, MOST_SUBJECTS)
    for line in found.lines:
        said = _line_cells(line, offered.get(line.position, ()))
        for entry in line.entries or (None,):
            yield *said, *_entry_cells(entry), _told(line), found.number, found.reading


def _line_cells(line: LineView, offered: Sequence[Match]) -> tuple[Cell, ...]:
    text, _ = RESULTS[line.result]
    changed = line.result is Result.CHANGED
    note = "；".join(filter(None, (CHANGED if changed else line.note, _near(offered))))
    return line.row, line.name, line.code, text, note, beside(line)


def _near(offered: Sequence[Match]) -> str:
    """Who may be meant, to be compared and not to be taken for an answer."""
    named = [
        f"{one.name}（{one.uscc or '没有代码'}，{match.reason}）"
        for match in offered
        for one in match.subjects
    ]
    return f"供核对，不是答复：{'、'.join(named)}" if named else ""


def _entry_cells(entry: Entry | None) -> tuple[Cell, ...]:
    if entry is None:
        return ("",) * _ENTRY_CELLS
    record = entry.record
    end = record.publication_end
    return (
        record.subject_name,
        record.uscc,
        words().names.list_name(record.list_name),
        record.document_number,
        end.isoformat() if end else "",
        BARRED if entry.barred else "；".join(one.name for one in entry.measures) or entry.said,
        "；".join(dict.fromkeys(map(_basis, entry.measures))),
    )


def _basis(measure: Measure) -> str:
    return "，".join(f"{one.document} {one.article}".strip() for one in measure.basis)


def _told(line: LineView) -> str:
    return OUTCOMES[line.feedback.outcome] if line.feedback else ""
