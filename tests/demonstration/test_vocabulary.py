import string
from datetime import date

import pytest

from credit_site.demonstration.campaigns import called, campaigns_by_field
from credit_site.demonstration.word_lists import (
    districts,
    office_words,
    penalty_kinds,
    product_fields,
    table,
    violations,
)
from credit_site.domain.rulebook import Rulebook

# What sentences may ask for (see facts.py).
PLACES = {
    "day", "month", "district", "site", "campaign", "type", "detail", "mark", "brand", "rival",
    "goods", "unit", "seized", "bought", "sold", "stock", "cost", "price", "value", "takings",
    "gain", "stock_value", "fine", "days", "licence",
}  # fmt: skip


def texts_of(branch: object) -> list[str]:
    match branch:
        case str():
            return [branch]
        case dict():
            return [text for value in branch.values() for text in texts_of(value)]
        case list():
            return [text for value in branch for text in texts_of(value)]
    return []


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_act_of_a_field_is_described_and_every_description_used() -> None:
    used = {slug for field in product_fields() for slug in field.violations}
    assert used == set(violations())


def test_goods_of_an_act_belong_to_an_act_of_the_field() -> None:
    for field in product_fields():
        assert set(field.only) <= set(field.violations), field.slug


def test_sentences_ask_only_for_what_can_be_filled_in() -> None:
    sentences = [text for act in violations().values() for text in (*act.scenes, act.seized)]
    sentences += [kind.clause for kind in penalty_kinds().values()]
    sentences += texts_of(table("narrative"))
    for sentence in sentences:
        assert placeholders(sentence) <= PLACES, sentence


def test_openings_and_trades_of_acts_exist() -> None:
    narrative = table("narrative")
    for act in violations().values():
        assert act.opening in narrative["openings"], act.slug
        assert act.trade in narrative["trades"], act.slug
        assert act.role in {"sell", "make"}, act.slug


def test_every_office_has_acts_to_punish_and_every_act_an_office() -> None:
    punished = {office for act in violations().values() for office in act.offices}
    assert punished == set(office_words())


def test_laws_are_quoted_by_title_and_article_in_the_order_of_their_days() -> None:
    for act in violations().values():
        days = [since for since, _ in act.basis]
        assert days == sorted(days), act.slug
        for _, articles in act.basis:
            assert articles.startswith("《"), act.slug
            assert "》第" in articles, act.slug


def test_the_law_is_that_of_the_day() -> None:
    act = violations()["false_patent"]
    assert "第六十三条" in act.legal_basis(date(2018, 5, 4))
    assert "第一百零一条" in act.legal_basis(date(2025, 5, 6))


def test_bureaus_campaigns_and_districts_are_those_of_the_rulebook(book: Rulebook) -> None:
    for office in office_words().values():
        assert not office.name or book.agency_named(office.name) == book.agencies[office.agency]
    assert set(districts()) <= set(book.divisions)
    known = {campaign.name for campaign in book.campaigns.values()}
    assert {name for names in campaigns_by_field().values() for name in names} <= known


def test_campaigns_look_at_fields_that_exist() -> None:
    assert set(campaigns_by_field()) <= {field.slug for field in product_fields()}


def test_kinds_of_penalty_are_those_of_the_rulebook(book: Rulebook) -> None:
    known = {kind.name for kind in book.penalty_types.values()}
    known |= {alias for kind in book.penalty_types.values() for alias in kind.aliases}
    for kind in penalty_kinds().values():
        assert kind.name in known
        assert set(kind.old.split("、")) <= known


@pytest.mark.parametrize(
    ("campaign", "words"),
    [("净网利剑", "“净网利剑”专项行动"), ("剑网行动", "“剑网行动”")],
)
def test_a_campaign_is_called_an_action_once(campaign: str, words: str) -> None:
    assert called(campaign) == words
