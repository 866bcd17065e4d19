"""Records whose every field bears a string that stands nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from credit_site.domain.entries import Entry
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import penalty

MARKED_CODE = invented_uscc(777)
NAME, LISTED = "郑州玄晖璇玑食品有限公司", "郑州朱雀蘅芜商贸有限公司"
NUMBER, LIST_NUMBER = "郑市监处罚〔2026〕97531号", "郑市监列严〔2026〕86420号"
FACTS, GROUND = "销售绿萼梅花牌蜂蜜三百一十七瓶", "紫薇垣假冒案"
MARKS = (NAME, LISTED, NUMBER, LIST_NUMBER, FACTS, GROUND, MARKED_CODE)
CAMPAIGN = next(iter(load_rulebook().campaigns.values()))
LIST = "serious-dishonesty"


def entries() -> list[Entry]:
    """A penalty and an entry of the list, with unmistakable strings in every kind of field."""
    fined = penalty(97531)
    content = fined.content | {
        "counterparty_name": NAME,
        "uscc": MARKED_CODE,
        "violation_facts": FACTS,
        "campaign": CAMPAIGN.name,
    }
    listed: dict[str, JsonValue] = {
        "subject_name": LISTED,
        "uscc": MARKED_CODE,
        "list": LIST,
        "ground": GROUND,
        "document_number": LIST_NUMBER,
    }
    return [
        replace(
            fined,
            subject_name=NAME,
            uscc=MARKED_CODE,
            subject_key=MARKED_CODE,
            content=content,
            publication_end=date(2026, 6, 20),
        ),
        replace(
            fined,
            register="serious_dishonesty",
            subject_name=LISTED,
            uscc=MARKED_CODE,
            subject_key=MARKED_CODE,
            document_number=LIST_NUMBER,
            document_number_key=LIST_NUMBER,
            severity="serious",
            content=listed,
            publication_end=date(2026, 6, 20),
        ),
        penalty(3),
    ]
