"""``/screening``: a list of names or codes in, who of them has records out; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from flask import Blueprint, Response, render_template, request

from credit_site.domain.identifiers import find_personal_numbers
from credit_site.intake.plain_sheet import write_sheet
from credit_site.services.matching import MOST_ASKED, NOTHING_OUT, Match, MatchKind
from credit_site.web.bodies import allow_form, form_text
from credit_site.web.frame import site_settings, words
from credit_site.web.name_lists import MOST_BYTES, Refused, sent_lines
from credit_site.web.searching import matcher
from search_index import SearchUnavailable

blueprint = Blueprint("screening", __name__)

MOST_SHOWN = 500
KINDS = {
    MatchKind.CODE: "代码相同",
    MatchKind.EXACT_NAME: "名称相同",
    MatchKind.FORMER_NAME: "曾用名",
    MatchKind.NEAR_NAME: "名称相近",
    MatchKind.NONE: "没有记录",
    MatchKind.NOT_ASKED: "未查询",
}
"""Kinds of matches in Chinese, the surest first."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TITLES = (
    ("原行号", 8), ("查询内容", 36), ("结果", 10), ("相似度", 8), ("说明", 28),
    ("公示的主体名称", 36), ("统一社会信用代码", 21), ("正在公示的行政处罚（条）", 14),
    ("所在名单", 28), ("网页", 40), ("在原表里", 22),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A line of the answer: what was asked, how it was found, whom, with how much.

    ``beside`` says as what it stands beside another one of its row, "" for its own.
    """

    row: int
    asked: str
    kind: str
    tone: str
    score: str
    reason: str
    name: str
    uscc: str
    href: str
    penalties: int
    lists: tuple[str, ...]
    beside: str = ""


@blueprint.route("/screening", methods=["GET", "POST"])
def screen() -> str | Response | tuple[str, int]:
    """The form; with a list the answer, as a page or as a workbook."""
    if request.method == "GET":
        return _form("")
    allow_form(MOST_BYTES)
    try:
        sent = sent_lines(MOST_ASKED)
        found = list(matcher().match(sent.lines))
    except Refused as refused:
        return _form(str(refused)), 422
    except SearchUnavailable:
        return _form("名称索引正在恢复，请稍后再试；单个代码可以直接在查询框里查。"), 503
    if form_text("format") == "xlsx":
        return _workbook(found)
    return _result(found, sent.reading)


def _form(error: str) -> str:
    return render_template("screening/form.html", error=error, most=f"{MOST_ASKED:,}")


def _line(match: Match) -> str:
    return f"{match.asked.name}\t{match.asked.code}".strip()


def _is_personal(match: Match) -> bool:
    return bool(find_personal_numbers(_line(match)))


def _result(found: Sequence[Match], reading: str) -> str:
    lines = [line for match in found if match.subjects for line in lines_of(match)]
    counts = {title: sum(m.kind is kind for m in found) for kind, title in KINDS.items()}
    silent = [match for match in found if not match.subjects]
    return render_template(
        "screening/result.html",
        total=len(found),
        reading=reading,
        hits=sum(bool(match.subjects) for match in found),
        counts=[(title, count) for title, count in counts.items() if count],
        lines=lines[:MOST_SHOWN],
        more=max(0, len(lines) - MOST_SHOWN),
        nothing=NOTHING_OUT,
        silent=silent[:MOST_SHOWN],
        silent_more=max(0, len(silent) - MOST_SHOWN),
        again="\n".join(_line(match) for match in found if not _is_personal(match)),
    )


def _workbook(found: Sequence[Match]) -> Response:
    site, stream = site_settings().url, BytesIO()
    rows = (
        (
            line.row,
            line.asked,
            line.kind,
            line.score,
            line.reason,
            line.name,
            line.uscc,
            line.penalties if line.name else None,
            "、".join(line.lists),
            site + line.href if line.href else "",
            line.beside,
        )
        for match in found
        for line in lines_of(match)
    )
    write_sheet("筛查结果", _TITLES, rows, stream)
    response = Response(stream.getvalue(), content_type=WORKBOOK)
    response.headers["Content-Disposition"] = 'attachment; filename="screening.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response


def lines_of(match: Match) -> Iterator[MatchLine]:
    """A line for each subject, one where nobody was found."""
    names = words().names
    for subject in match.subjects or (None,):
        found, uscc = (subject.name, subject.uscc) if subject else ("", "")
        near = match.kind is MatchKind.NEAR_NAME
        yield MatchLine(
            match.asked.row,
            match.asked.text,
            KINDS[match.kind],
            "pending" if near else "plain",
            f"{match.score:.2f}" if near else "",
            match.reason,
            found,
            uscc,
            _href(found, uscc),
            subject.penalties if subject else 0,
            tuple(names.list_name(slug) for slug in subject.lists) if subject else (),
            f"第 {match.asked.row} 行的{match.asked.role}" if match.asked.role else "",
        )


def _href(name: str, uscc: str) -> str:
    if uscc:
        return f"/companies/{uscc}"
    return f"/search?q={name}" if name else ""
