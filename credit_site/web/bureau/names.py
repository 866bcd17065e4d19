"""States, problems and people of the desk in words."""

from __future__ import annotations

from collections.abc import Iterable

from credit_site.domain.issues import Level
from credit_site.domain.states import SubmissionState
from credit_site.extensions import db
from credit_site.services.accounts import people
from credit_site.services.desk_views import SubmissionView, Task

STATES = {
    SubmissionState.RECEIVED: ("正在检查", "plain"),
    SubmissionState.READ: ("等您处理", "pending"),
    SubmissionState.UNUSABLE: ("不能读取", "serious"),
    SubmissionState.SUBMITTED: ("等待审核", "pending"),
    SubmissionState.RETURNED: ("已退回", "serious"),
    SubmissionState.PUBLISHING: ("正在发布", "plain"),
    SubmissionState.CLOSED: ("已发布", "good"),
    SubmissionState.WITHDRAWN: ("已放弃", "plain"),
}
_DEEDS = {
    "required": "补填",
    "column_missing": "补上",
    "unknown_choice": "改成规定的选项",
    "bad_date": "改正日期",
    "too_long": "缩短",
    "personal_number": "删去个人证件号码",
    "telephone_number": "核对有无手机号码",
    "bank_account": "核对有无银行账号",
    "home_address": "核对有无住址",
    "conflicting_rows": "核对相互矛盾",
}


def state_tag(view: SubmissionView) -> dict[str, str]:
    """A submission's state as a tag."""
    text, tone = STATES[view.state]
    return {"text": text, "tone": tone}


def task_words(task: Task) -> str:
    """What is to be done, in a few words: 补填 3 行的“处罚依据”."""
    deed = _DEEDS.get(task.code, "改正" if task.level is Level.ERROR else "核对")
    where = f"“{task.column}”" if task.column else "整行内容"
    return f"{deed}：{len(task.rows)} 行的{where}"


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Names by actor; who is not an account is called as the log calls it."""
    wanted = set(actors) - {""}
    return {actor: actor for actor in wanted} | people(db.session(), wanted)
