"""What bureaus hand in, and what they are told of it."""

from __future__ import annotations

from credit_site.domain.states import SubmissionState
from credit_site.services.submission_reports import HELD
from credit_site.web.api.description.shapes import (
    Schema,
    or_null,
    ref,
    several,
    shape,
    whole,
    words,
)

_COUNTS = {
    "rows": "总行数",
    "new": "新增",
    "changed": "变更",
    "unchanged": "未变",
    "withheld": "不予公示",
    "rejected": "未通过",
    "published": "已经发布",
    "held": "暂不发布",
}


def of_submissions() -> dict[str, Schema]:
    """A submission, its problems, and rows as JSON."""
    note = _said("列名；说的是整个文件则为 null。", "提醒的代码。")
    problem = {
        "row": whole("第几行。", 1),
        **_said(
            "列名；说的是整行则为 null。",
            f"问题的代码；{HELD} 是暂不发布的行，message 里有理由：审核人员没有发布的，改好以后再"
            "报送；准许直接发布而可能重复的，等待审核。",
        ),
    }
    counted = {name: whole(f"{title}。") for name, title in _COUNTS.items()}
    report = {
        "id": whole("报送编号。", 1),
        "state": words("到了哪一步。", enum=[state.value for state in SubmissionState]),
        "layout": words("格式；还没认出则为空。"),
        "counts": shape("各类行数。", counted),
        "problem": words("整份文件的问题；没有则为空。"),
        "reason": words("退回的理由；没有则为空。"),
        "notes": several("整个文件的提醒，例如没有读取的列。", ref("FileNote")),
        "problems": several("逐行的问题和提醒，已经发布的行的提醒也在内。", ref("RowProblem")),
        "next_after": or_null(whole("接着取问题时写作 after；没有了则为 null。")),
    }
    row: Schema = {
        "type": "object",
        "description": "一行，键是列名。",
        "minProperties": 1,
        "additionalProperties": {
            "type": ["string", "number", "boolean", "null", "array"],
            "items": {"type": ["string", "number"]},
        },
    }
    rows: Schema = {"type": "array", "minItems": 1, "items": row, "description": "各行。"}
    return {
        "Submission": shape("一份报送的情况。", report),
        "FileNote": shape("整个文件的一个提醒。", note),
        "RowProblem": shape("一行的一个问题。", problem),
        "Rows": shape("以 JSON 报送的各行。", {"rows": rows}),
    }


def _said(column: str, code: str) -> dict[str, Schema]:
    """What is said of a row or a file: where, what, how grave, and what to do."""
    return {
        "column": or_null(words(column)),
        "code": words(code),
        "level": words("错误还是提醒。", enum=["error", "warning"]),
        "message": words("怎样改。"),
    }
