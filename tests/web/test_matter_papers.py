"""Files that come with a matter: who must bring which; what is refused is not kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from credit_site.domain.matters import MatterAction
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.models import Matter, MatterFile
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.web.presenters.words import spoken_day
from tests.support.entries import penalty
from tests.support.personal_numbers import invented_id_number
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.test_matters import (
    OBJECTION,
    PDF,
    REPAIR,
    TIP,
    Visitor,
    old_enough,
    read,
    receipt,
    visitor,
)

__all__ = ["old_enough", "visitor"]


def kept(app: Flask) -> list[Path]:
    """Everything in the file store."""
    return [one for one in (app.config["SETTINGS"].data_path / "files").rglob("*") if one.is_file()]


def roles(app: Flask) -> list[tuple[str, int]]:
    with app.app_context():
        query = db.session().query(MatterFile).order_by(MatterFile.position)
        return [(one.role, one.size) for one in query]


def ask(app: Flask, words: str) -> None:
    """The desk asks for more."""
    with app.app_context():
        tools = StepTools(db.session(), vault(), load_rulebook())
        take_step(tools, 1, StepOrder(MatterAction.ASK, words), "account:9", clock.now())


@pytest.mark.parametrize(
    "changed", [{"commitment": ""}, {"role": "agent"}, {"form_key": "made-up"}, {"phone": "?"}]
)
def test_the_papers_of_a_refused_application_are_not_kept(
    app: Flask, visitor: Visitor, old_enough: None, changed: dict[str, str]
) -> None:
    said = {name: text for name, text in (REPAIR | changed).items() if text}
    assert visitor.send("/repairs/new?record=1", said, (PDF, "缴款书.pdf")).status_code == 422
    assert not kept(app)


def test_the_papers_of_an_application_too_early_are_not_kept(
    app: Flask, visitor: Visitor, publish: Publish
) -> None:
    publish(penalty(1))
    key = visitor.form_key("/objections/new?record=1")
    answer = visitor.send("/repairs/new", REPAIR | {"form_key": key}, (PDF, "缴款书.pdf"))
    assert answer.status_code == 422
    assert not kept(app)


def test_an_agent_brings_what_entitles_them(app: Flask, visitor: Visitor, old_enough: None) -> None:
    said = OBJECTION | {"role": "agent"}
    answer = visitor.send("/objections/new?record=1", said)
    assert answer.status_code == 422
    assert "请附上授权委托书" in answer.text
    assert "罚款金额多写了一个零" in answer.text
    receipt(visitor.send("/objections/new?record=1", said, authority=(PDF, "委托书.pdf")))
    assert roles(app) == [("authority", len(PDF))]


def test_the_words_that_were_agreed_to_stay_with_the_application(
    visitor: Visitor, old_enough: None
) -> None:
    version = load_rulebook().rule("commitments").versions[-1]
    agreed = str(version.values["repair"])
    assert agreed in visitor.client.get("/repairs/new?record=1").text
    number, secret = receipt(visitor.send("/repairs/new?record=1", REPAIR, (PDF, "缴款书.pdf")))
    page = read(visitor.follow(number, secret))
    assert agreed in page.main
    assert f"{spoken_day(version.in_force_from)}起使用的文本" in page.main


def test_who_is_asked_for_more_brings_files_that_are_checked_as_the_first_ones(
    app: Flask, visitor: Visitor
) -> None:
    number, secret = receipt(visitor.send("/tips/new", TIP, (PDF, "照片.pdf")))
    ask(app, "请补充购物凭证")
    assert 'type="file"' in visitor.follow(number, secret).text
    own = {"number": number, "secret": secret, "deed": "supply", "words": "见附件"}
    refused = visitor.supply(own, (b"MZ a program", "凭证.jpg"))
    assert refused.status_code == 422
    assert "不是 PDF、JPG 或者 PNG" in refused.text
    assert "见附件" in refused.text
    assert len(kept(app)) == 1
    assert "补充材料：见附件" in read(visitor.supply(own, (PDF + b"!", "凭证.pdf"))).main
    assert roles(app) == [("proof", len(PDF)), ("more", len(PDF) + 1)]


def test_further_words_without_order_or_with_a_number_are_refused_and_nothing_is_kept(
    app: Flask, visitor: Visitor
) -> None:
    number, secret = receipt(visitor.send("/tips/new", TIP))
    own = {"number": number, "secret": secret, "deed": "supply", "words": "见附件"}
    assert visitor.supply(own, (PDF, "凭证.pdf")).status_code == 422
    ask(app, "请补充购物凭证")
    said = own | {"words": f"老板是 {invented_id_number(6)}"}
    refused = visitor.supply(said, (PDF, "凭证.pdf"))
    assert refused.status_code == 422
    assert "老板是 ******" in refused.text
    assert not kept(app)


@pytest.mark.parametrize(
    "changed",
    [
        {"statement": "是另外一处有误"},
        {"record": "2"},
        {"phone": "0371-60000001"},
    ],
)
def test_the_same_form_with_other_content_is_another_matter(
    app: Flask, visitor: Visitor, old_enough: None, publish: Publish, changed: dict[str, str]
) -> None:
    publish(penalty(2))
    key = {"form_key": visitor.form_key("/objections/new?record=1")}
    first = receipt(visitor.send("/objections/new", OBJECTION | key))
    other = receipt(visitor.send("/objections/new", OBJECTION | key | changed))
    assert other[0] != first[0]
    assert other[1] != first[1]
    assert receipt(visitor.send("/objections/new", OBJECTION | key)) == first
    assert receipt(visitor.send("/objections/new", OBJECTION | key | changed)) == other
    with app.app_context():
        assert db.session().query(Matter).count() == 2


def test_the_key_of_one_form_does_not_swallow_another_kind(
    app: Flask, visitor: Visitor, old_enough: None
) -> None:
    key = {"form_key": visitor.form_key("/objections/new?record=1")}
    first = receipt(visitor.send("/objections/new", OBJECTION | key))
    tip = receipt(visitor.send("/tips/new", TIP | key))
    again = receipt(visitor.send("/tips/new", TIP | key, (PDF, "照片.pdf")))
    assert len({first[0], tip[0], again[0]}) == 3


def test_a_matter_about_a_record_belongs_to_the_division_of_the_record(
    app: Flask, visitor: Visitor, old_enough: None
) -> None:
    receipt(visitor.send("/objections/new?record=1", OBJECTION))
    with app.app_context():
        matter = db.session().query(Matter).one()
        assert matter.division == penalty(1).division != ""


def test_a_deadline_that_is_provisional_is_said_to_be_so(
    visitor: Visitor, clock: StandingClock
) -> None:
    clock.moment = clock.moment.replace(month=12, day=28)
    number, secret = receipt(visitor.send("/tips/new", TIP))
    assert "2027年1月7日前（暂算" in read(visitor.follow(number, secret)).main
