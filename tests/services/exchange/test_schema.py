"""The schema of every profile holds for what is really written, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from lxml import etree

from credit_site.domain.rulebook import load_rulebook
from credit_site.intake.exchange_schema import schema_of
from credit_site.services.exchange.running import Turn
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import penalty, person, saying
from tests.support.platform import FolderPlatform
from tests.support.publishing import Desk

BOOK = load_rulebook()


@pytest.mark.parametrize("profile", BOOK.profiles)
def test_every_batch_is_valid_and_the_schema_lies_beside_it(
    desk: Desk, channel: Callable[..., FolderPlatform], turn: Callable[[], Turn], profile: str
) -> None:
    platform = channel(profile)
    make = person if profile.endswith("person") else penalty
    dated = saying(make(1), decision_date="2026-05-06", violation_facts="<&>\x00\x0b]]>")
    desk.publish(dated, make(2, decided_on=date(2026, 5, 7)))
    turn()
    end_record(desk.session, desk.vault, 2, EndReason.REVOKED, "t", desk.now)
    turn()
    (beside,) = platform.folder.glob("*.xsd")
    assert beside.read_bytes() == schema_of(BOOK.profiles[profile], BOOK)
    schema = etree.XMLSchema(etree.parse(str(beside)))
    for number in (1, 2):
        schema.assertValid(etree.parse(str(platform.folder / f"{profile}-1-00000{number}.xml")))
    tree = etree.parse(str(platform.folder / f"{profile}-1-000002.xml"))
    text = tree.getroot().find("row/OPERATION")
    assert text is not None
    assert text.text == "3"
    text.text = "9"
    assert not schema.validate(tree)


def test_dates_are_written_as_the_profile_says(
    desk: Desk, channel: Callable[..., FolderPlatform], turn: Callable[[], Turn]
) -> None:
    platform = channel()
    desk.publish(saying(penalty(1), decision_date="2026-05-06", penalty_valid_until="2099-12-31"))
    turn()
    platform.fetch()
    held = platform.mirror.held[1]
    assert (held["CF_JDRQ"], held["CF_YXQ"]) == ("2026/05/06", "2099/12/31")


def test_kinds_of_penalty_stand_in_the_two_columns_of_2016(
    desk: Desk, channel: Callable[..., FolderPlatform], turn: Callable[[], Turn]
) -> None:
    platform = channel("penalty_2016")
    several = penalty(1)
    several.content["penalty_types"] = ["警告", "罚款", "没收违法所得"]
    desk.publish(several)
    turn()
    platform.fetch()
    held = platform.mirror.held[1]
    assert (held["CF_CFLB1"], held["CF_CFLB2"]) == ("警告", "罚款;没收违法所得")
