"""Invented search documents."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from search_index import SearchDocument

TODAY = date(2026, 6, 1)
_WORDS = [
    "食品",
    "安全",
    "商贸",
    "科技",
    "销售",
    "侵犯",
    "商标",
    "专用权",
    "假冒",
    "伪劣",
    "化肥",
    "种子",
    "责令",
    "停业",
    "市场",
    "监督",
    "第3批",
]


def document(
    number: int = 1, name: str = "郑州某某食品有限公司", **changes: object
) -> SearchDocument:
    """A penalty decided on 2026-05-06, visible from then on without end."""
    decision = f"郑市监处罚〔2026〕{number}号"
    made = SearchDocument(
        id=number,
        register="penalty",
        agency="market-supervision",
        division="410105",
        categories=("罚款",),
        violation_type="",
        campaign="",
        list_name="",
        severity="general",
        decided_on=date(2026, 5, 6),
        amount_fen=1_000_000,
        publication_start=date(2026, 5, 6),
        publication_end=None,
        position=number,
        uscc="",
        document_number=decision,
        name=name,
        texts={"name": name, "number": decision, "facts": "销售侵犯注册商标专用权的商品"},
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # named fields of a document


def many(count: int, seed: int = 1) -> list[SearchDocument]:
    """Documents of all kinds, the same for the same arguments."""
    return [
        _any(number, random.Random(seed * 1_000_003 + number)) for number in range(1, count + 1)
    ]


def _any(number: int, chance: random.Random) -> SearchDocument:
    name = "郑州" + "".join(chance.sample(_WORDS[:9], 2)) + "有限公司"
    day = date(2020, 1, 1) + timedelta(days=chance.randrange(2_300))
    decision = f"郑市监处罚〔{day.year}〕{number}号"
    code = f"91410100{chance.randrange(10**9):09d}X"
    facts = (
        "".join(chance.choices(_WORDS, k=30)) + f"共{chance.randrange(10**5)}件，型号AB-{number}"
    )
    return document(
        number,
        name,
        agency=chance.choice(("market-supervision", "health")),
        division=f"41010{chance.randrange(6)}",
        categories=tuple(chance.sample(("罚款", "警告", "没收违法所得"), chance.randint(1, 2))),
        decided_on=None if number % 17 == 0 else day,
        amount_fen=chance.choice((0, 50, 100_000, 1_234_567)),
        publication_start=day,
        publication_end=date(2026, 5, 1) if number % 5 == 0 else None,
        uscc=code,
        document_number=decision,
        texts={
            "name": name,
            "code": code,
            "number": decision,
            "facts": facts,
            "basis": "《商标法》第五十七条",
        },
        product_field=chance.choice(("", "食品", "农资")),
        amount_band=chance.choice(("none", "0-1000", "1000-10000")),
    )
