"""What bureaus hand in, and what they are told of it."""

from __future__ import annotations

from credit_site.domain.states import SubmissionState
from credit_site.web.api.description.shapes import (
    Schema,
    or_null,
    ref,
    several,
    shape,
    whole,
    words,
)


def of_submissions() -> dict[str, Schema]:
    """A submission, its problems, and rows as JSON."""
    names = ("rows", "new", "changed", "unchanged", "withheld", "rejected")
    titles = ("总行数", "新增", "变更", "未变", "不予公示", "未通过")
    problem: dict[str, Schema] = {
        "row": whole("第几行。", 1),
        "column": words("列名；整行的问题则为空。"),
        "code": words("问题的代码。"),
        "level": words("错误还是提醒。", enum=["error", "warning"]),
        "message": words("怎样改。"),
    }
    counted: dict[str, Schema] = {
        name: whole(f"{title}。") for name, title in zip(names, titles, strict=True)
    }
    report = {
        "id": whole("报送编号。", 1),
        "state": words("到了哪一步。", enum=[state.value for state in SubmissionState]),
        "layout": words("格式；还没认出则为空。"),
        "counts": shape("各类行数。", counted),
        "problem": words("整份文件的问题；没有则为空。"),
        "reason": words("退回的理由；没有则为空。"),
        "problems": several("逐行的问题。", ref("RowProblem")),
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
        "RowProblem": shape("一行的一个问题。", problem),
        "Rows": shape("以 JSON 报送的各行。", {"rows": rows}),
    }
