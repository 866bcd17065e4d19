"""A row that was mended in a form while somebody else had it published or put on file."""

from __future__ import annotations

from credit_site.services.desk_views import SubmissionView
from credit_site.web.bodies import form_text, form_texts
from credit_site.web.bureau.late_forms import LateForm
from credit_site.web.bureau.meanwhile import typed_into

_BEFORE = (
    "这一行刚刚已经发布或者存档，不能再在这里改。"
    "要改公示的内容，请到“已公示的信息”里找到这条记录，用“更正内容”。"
)


def late_row(view: SubmissionView, row: int) -> LateForm:
    """What was typed into the cells, given back."""
    typed = typed_into(form_text("shown"), form_texts("cell", len(view.titles)))
    said = zip(view.titles, typed, strict=True)
    changed = tuple((title, text) for title, text in said if text is not None)
    return LateForm(_BEFORE, f"第 {row} 行的修改", changed)
