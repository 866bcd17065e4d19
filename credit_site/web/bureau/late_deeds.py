"""A form on a record's page that came too late: what was typed comes back, and what was done first.

Somebody else has ended, withdrawn, restored or marked it meanwhile, or done the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock
from credit_site.services.listing_cases.apologies import wordings
from credit_site.services.record_life import Deed, RecordLife, ends
from credit_site.web.bodies import any_upload, form_text, form_text_again
from credit_site.web.bureau.late_forms import LateForm
from credit_site.web.bureau.names import done_first, names_of
from credit_site.web.bureau.record_words import FATES, REASONS, deed_and_why
from credit_site.web.presenters.words import end_reason

WANTED = {
    "dispute": "标注“异议处理中”",
    "dispute-over": "取消“异议处理中”的标注",
    "restore": "恢复公示",
    "end": "终止公示",
    "revoke": "撤回",
    "announce": "记下等待撤回",
    "dismiss": "取消等待撤回",
    "correct": "更正",
}
_CAME = {
    "dispute": ("dispute",),
    "dispute-over": ("dispute_over", "matter_closed"),
    "restore": ("restore",),
    "announce": ("announce",),
    "dismiss": ("dismiss",),
}
"""What leaves no sense to a deed while the record stands; its end does to all of them."""


def late_deed(life: RecordLife, deed: str, cells: Sequence[tuple[str, str]]) -> LateForm | None:
    """Of a form that is on the page no more; ``cells`` are what was to be corrected."""
    came = _last(life, deed)
    return LateForm(
        _told(life, came) if came else _changed(life),
        WANTED[deed],
        tuple((title, text) for title, text in [*cells, *_typed()] if text),
    )


def _last(life: RecordLife, deed: str) -> Deed | None:
    found = [one for one in life.deeds if _between(one, deed, ended=life.ended)]
    return found[-1] if found else None


def _between(one: Deed, deed: str, *, ended: bool) -> bool:
    return ends(one) if ended else one.action in _CAME.get(deed, ())


def _told(life: RecordLife, came: Deed) -> str:
    what, why = deed_and_why(life, came)
    reason = str(came.details.get("reason") or "").rstrip("。")
    because = f"理由是“{reason}”" if reason else ""
    facts = "，".join(filter(None, (why, because, _document(came.details))))
    return done_first(names_of([came.actor])[came.actor], came.at, what, facts)


def _changed(life: RecordLife) -> str:
    """Nobody in particular did it, or long ago."""
    if not life.ended:
        return "已经有别的变化。"
    why = end_reason(life.register, life.end_reason)
    return f"已经终止公示{f'（{why}）' if why else ''}。"


def _document(said: Mapping[str, JsonValue]) -> str:
    document, day = str(said.get("document") or ""), str(said.get("decided_on") or "")
    return f"{document}，{day}" if document and day else document


def _typed() -> tuple[tuple[str, str], ...]:
    lost = "没有保存，请留好原件。" if any_upload() else ""
    return (
        ("原因", next((text for why, text in REASONS.items() if why == form_text("why")), "")),
        ("决定怎样了", next((text for one, text in FATES.items() if one == form_text("fate")), "")),
        ("致歉的内容", wordings(load_rulebook(), clock.today()).get(form_text("apology"), "")),
        ("理由", form_text_again("reason")),
        ("依据的文书", form_text_again("document")),
        ("文书日期", form_text_again("day")),
        ("文书附件", lost),
    )
