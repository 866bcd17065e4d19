"""What a code and a name are known by in public: a slip in either lists somebody else."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from credit_site.domain.subjects import normal_name
from credit_site.services.public_records import by_exact_match

_LATEST = 5
"""Of the records that bear a name so many are looked at for another code."""


def otherwise_known(session: Session, uscc: str, name: str, today: date) -> str:
    """How public records contradict a code and a name, in Chinese; "" where they do not.

    The name last used with the code counts; for a code that is not known, another code of the name.
    """
    if not uscc:
        return ""
    of_code = [one for one in by_exact_match(session, uscc, today, 1) if one.uscc == uscc]
    if of_code:
        known = of_code[0].subject_name
        same = normal_name(known) == normal_name(name)
        return "" if same else f"代码 {uscc} 在公示信息里的名称是“{known}”，这里是“{name}”"
    of_name = by_exact_match(session, name, today, _LATEST)
    others = (one.uscc for one in of_name if one.subject_name == name and one.uscc)
    other = next(others, "")
    return f"“{name}”在公示信息里的代码是 {other}，这里是 {uscc}" if other else ""
