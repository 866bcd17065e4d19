"""The bytes that the ledger hashes are those that anybody's JSON writes."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.public_form import PublicForm

TRICKY = "“引号”\"双\"'单'\\反斜杠/斜杠\t制表\n换行\r\x08\x0c\x1f\x7f\x85\u2028𠮷😀é ½"
COMPACT: dict[str, Any] = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}


@given(st.text(max_size=50), st.text(st.characters(max_codepoint=0x9F), max_size=20))
def test_python_s_own_json_gives_the_bytes_that_were_hashed(one: str, other: str) -> None:
    content = json.dumps({"b": one, "a": [other, TRICKY]}, sort_keys=True, ensure_ascii=False)
    form = PublicForm(
        7, "penalty", "health", one, other, "", TRICKY, "410105", "", None, 10**15, "general",
        "rule", date(2026, 6, 1), None, json.dumps(json.loads(content), **COMPACT),
    )  # fmt: skip
    parsed = json.loads(form.canonical())
    assert json.dumps(parsed, **COMPACT).encode() == form.canonical()
