"""Numbers and full names of persons travel only where a profile demands them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from credit_site.extensions import db
from credit_site.models import AuditEvent, ExchangeBatch, ExchangeRow
from credit_site.services.exchange.cutting import cut
from credit_site.services.exchange.running import Turn
from credit_site.services.exchange.terms import ExchangeTools
from tests.support.entries import PERSON_NUMBER, penalty, person
from tests.support.platform import DatabasePlatform, FolderPlatform
from tests.support.publishing import Desk

Make = Callable[..., FolderPlatform]
SECRETS = (PERSON_NUMBER, "欧阳某某")


def everything(folder: Path, ending: str = "") -> bytes:
    """All bytes of all files below a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob(f"*{ending}") if path.is_file())


@pytest.mark.parametrize("kind", ["xml", "csv", "xlsx"])
def test_the_profile_of_persons_sends_them_readable_by_its_account_alone(
    desk: Desk, channel: Make, turn: Callable[[], Turn], kind: str
) -> None:
    platform = channel("penalty_2018_person", kind)
    desk.publish(person(1))
    turn()
    platform.fetch()
    held = platform.mirror.held[1]
    assert (held["CF_XDR_MC"], held["CF_XDR_ZJLX"]) == ("欧阳某某", "护照号")
    assert held["CF_XDR_ZJHM"] == PERSON_NUMBER
    path = platform.folder / f"penalty_2018_person-1-000001.{kind}"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("profile", ["penalty_2016", "penalty_2018_legal"])
def test_no_other_profile_sends_any(
    desk: Desk, channel: Make, turn: Callable[[], Turn], profile: str
) -> None:
    platform = channel(profile)
    company = penalty(2, sealed={"legal_representative_document_number": PERSON_NUMBER})
    desk.publish(person(1), company)
    turn()
    platform.fetch()
    assert platform.mirror.held
    for row in platform.mirror.held.values():
        assert not row.get("CF_XDR_SFZ")
        assert not row.get("CF_FR_ZJHM")
    content = everything(platform.folder)
    assert not [secret for secret in SECRETS if secret.encode() in content]


def test_between_cutting_and_delivery_nothing_lies_in_the_clear(
    desk: Desk, channel: Make, tools: ExchangeTools, tmp_path: Path
) -> None:
    channel("penalty_2018_person")
    desk.publish(person(1))
    cut(desk.session, tools, 1, desk.now)
    assert desk.session.query(ExchangeRow).one().cells is not None
    content = everything(tmp_path)
    assert not [secret for secret in SECRETS if secret.encode() in content]


def test_after_delivery_they_lie_in_the_exchange_file_alone(
    desk: Desk,
    channel: Make,
    turn: Callable[[], Turn],
    tools: ExchangeTools,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    channel("penalty_2018_person")
    desk.publish(person(1))
    turn()
    (file,) = tools.root.rglob("*-000001.xml")
    file.unlink()
    db.session.remove()
    content = everything(tmp_path)
    audit = "".join(event.details for event in db.session().query(AuditEvent))
    manifest = db.session().query(ExchangeBatch).one().manifest
    for secret in SECRETS:
        assert secret.encode() not in content
        assert secret not in audit + manifest + caplog.text


def test_a_front_end_database_out_of_reach_says_nothing_of_them(
    desk: Desk,
    database_channel: Callable[[str], DatabasePlatform],
    turn: Callable[[], Turn],
    caplog: pytest.LogCaptureFixture,
) -> None:
    platform = database_channel("penalty_2018_person")
    desk.publish(person(1))
    platform.ask("DROP TABLE ex_penalty_2018_person")
    problem = turn().problem
    assert "前置库不接受读写" in problem
    for secret in SECRETS:
        assert secret not in problem + caplog.text
