"""What of a case those read who do not deal with it, and what it says while it is hidden."""

from __future__ import annotations

from io import BytesIO

from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import clock as site_clock
from credit_site.extensions import db, vault
from credit_site.models import Record
from credit_site.services.publisher import Publisher
from tests.support.people import Person, signed_in
from tests.support.personal_numbers import invented_id_number
from tests.support.sites import StandingClock
from tests.web.bureau.test_listing_papers import about_a_person, listed
from tests.web.bureau.test_listings import above, later, seen, step

__all__ = ["above"]


def test_a_clerk_and_an_auditor_read_no_full_name_no_words_and_no_file(
    app: Flask, above: Person
) -> None:
    case = about_a_person(above, invented_id_number(5))
    manager = signed_in(app, Role.REVIEWER, "cyberspace", name="cyberspace")
    step(manager, case, "notice", measures="no-honours")
    file = (BytesIO(b"%PDF-1.7 receipt"), "回证.pdf")
    link = step(manager, case, "serve", words="当面交给欧阳某某", file=file).link("附件")
    clerk = signed_in(app, Role.CLERK, "cyberspace", name="clerk")
    for reader in (clerk, signed_in(app, Role.AUDITOR)):
        page = seen(reader, case)
        assert "欧阳**" in page.main
        assert "欧阳某某" not in page.html
        assert "只给办理案件的人看" in page.main
        assert link not in page.links()
        for path in (link, f"{case}/notice"):
            assert reader.get(path).status_code == 403


def test_days_are_written_as_everywhere_else(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    case = listed(app, reviewer, clock)
    reviewer, _ = later(app, "again")
    page = seen(reviewer, case).main.replace(" ", "")
    for said in ("2026年6月11日办理", "公示至2029年6月11日", "事实的日期2026年5月20日"):
        assert said in page
    assert "公示至 2029年6月11日" in seen(reviewer, "/bureau/listings?show=listed").main


def test_a_case_whose_entry_is_screened_says_so(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    case = listed(app, reviewer, clock)
    with app.app_context():
        publisher = Publisher(db.session(), vault(), site_clock.now())
        publisher.screen(db.session().query(Record).one(), screened=True, reason="reorganisation")
        publisher.write()
        db.session().commit()
    reviewer, _ = later(app, "again")
    page = seen(reviewer, case)
    assert "暂时屏蔽中：2026年6月11日起因破产重整暂停公示" in page.main
    assert "公开的页面" not in page.main
    assert page.link("恢复公示") == "/bureau/records/1"
