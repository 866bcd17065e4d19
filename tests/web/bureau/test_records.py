"""After publication: corrected, marked, ended, each with reason and document."""

from __future__ import annotations

from flask import Flask

from credit_site.extensions import db, vault
from credit_site.models import LedgerEntry, Record, RecordRevision
from credit_site.services.ledger import verify
from credit_site.services.publisher import Publisher
from tests.domain.penalty_rows import BOOK, CLEAN, LEGAL, PERSON
from tests.support.people import Person
from tests.support.sites import StandingClock
from tests.support.uploads import checked, decision, number_of, published, table, upload, work

GROUND = {"reason": "笔误", "document": "更正通知书〔2026〕1号", "day": "2026-05-29"}
FACTS = [column.field for column in BOOK.layouts[LEGAL].columns].index("violation_facts")
DATE = [column.field for column in BOOK.layouts[LEGAL].columns].index("decision_date")


def test_a_record_is_found_by_number_code_and_name(reviewer: Person, record: str) -> None:
    for asked in ("1", "郑市监处罚[2026]1号", "郑州第1号食品有限公司"):
        assert record in reviewer.get(f"/bureau/records?q={asked}").text, asked
    assert "没有找到" in reviewer.get("/bureau/records?q=没有的").text


def test_a_correction_says_why_and_keeps_what_was_said_before(
    app: Flask, reviewer: Person, record: str
) -> None:
    form = reviewer.get(f"{record}/correct").text
    assert f'name="cell{FACTS}"' in form
    answer = reviewer.post(f"{record}/correct", **{f"cell{FACTS}": "销售白酒21瓶。", **GROUND})
    assert answer.status_code == 303
    work(app)
    page = reviewer.get(record).text
    assert "<ins>销售白酒21瓶。</ins>" in page
    assert "理由：笔误" in page
    assert "更正通知书〔2026〕1号" in page
    public = app.test_client().get("/records/1").text
    assert "销售白酒21瓶。" in public
    assert "更正：" in public
    with app.app_context():
        assert db.session().query(RecordRevision).one().reason == "corrected"
        assert db.session().query(LedgerEntry).count() == 2


def test_a_correction_that_breaks_the_rules_changes_nothing(
    app: Flask, reviewer: Person, record: str
) -> None:
    answer = reviewer.post(f"{record}/correct", **{f"cell{DATE}": "昨天", **GROUND})
    assert answer.status_code == 422
    assert "昨天" in answer.text
    assert "请写成" in answer.text
    with app.app_context():
        assert db.session().query(LedgerEntry).count() == 1


def test_a_correction_that_looks_private_is_looked_at_before_it_goes_out(
    app: Flask, reviewer: Person, record: str
) -> None:
    number = "1380371" + "0" * 4
    text = f"当事人王某，联系电话{number}，住某区某路1号院3号楼5单元601室，售假。"
    answer = reviewer.post(f"{record}/correct", **{f"cell{FACTS}": text, **GROUND})
    assert answer.status_code == 422
    assert "像是有电话号码" in answer.text
    assert "像是有住址" in answer.text
    assert 'name="read"' in answer.text
    assert number not in app.test_client().get("/records/1").text
    other = reviewer.post(f"{record}/correct", **{f"cell{FACTS}": "售假。", **GROUND})
    assert other.status_code == 303
    beside = answer.text.split('name="read" value="')[1].split('"')[0]
    confirmed = {f"cell{FACTS}": text, "read": beside, **GROUND}
    assert reviewer.post(f"{record}/correct", **confirmed).status_code == 303


def test_nothing_typed_differently_is_no_correction(reviewer: Person, record: str) -> None:
    answer = reviewer.post(f"{record}/correct", **GROUND)
    assert "没有改动任何内容" in answer.text


def test_a_severity_that_a_person_decided_outlives_a_correction(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    number = checked(app, clerk, [decision(1)])
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    address = f"/bureau/submissions/{number}"
    reviewer.post(f"{address}/rows/2/severity", severity="serious", reason="造成人身伤害")
    reviewer.post(f"{address}/publish")
    work(app)
    reviewer.post("/bureau/records/1/correct", **{f"cell{FACTS}": "销售白酒21瓶。", **GROUND})
    with app.app_context():
        record = db.session().query(Record).one()
        assert record.severity == "serious"
        assert str(record.publication_end) == "2029-05-06"


def test_every_step_needs_reason_document_and_day(
    app: Flask, reviewer: Person, record: str
) -> None:
    for missing, said in (("reason", "理由"), ("document", "文书"), ("day", "日期")):
        given = {**GROUND, missing: ""}
        for deed in ("end", "dispute", "revoke", "announce"):
            answer = reviewer.post(f"{record}/{deed}", why="repaired", fate="void", **given)
            assert answer.status_code == 422
            assert said in answer.text
            kept = [text for name, text in given.items() if name != "day" and text]
            assert all(f'value="{text}"' in answer.text for text in kept), "nothing typed is lost"
        reviewer.post(f"{record}/correct", **{f"cell{FACTS}": "别的事实", **given})
    reviewer.post(f"{record}/end", why="because", **GROUND)
    reviewer.post(f"{record}/end", why="repaired", **{**GROUND, "day": "2026-06-02"})
    reviewer.post(f"{record}/revoke", fate="void", **{**GROUND, "day": "1990-06-02"})
    with app.app_context():
        assert db.session().query(LedgerEntry).count() == 1


def test_no_step_rests_on_a_paper_older_than_the_decision(
    app: Flask, reviewer: Person, record: str
) -> None:
    older = {**GROUND, "day": "2026-05-05"}
    chosen = {"why": "error", "fate": "revoked", f"cell{FACTS}": "销售白酒21瓶。"}
    reviewer.post(f"{record}/announce", fate="void", **GROUND)
    for deed in ("end", "dispute", "revoke", "dismiss", "correct"):
        answer = reviewer.post(f"{record}/{deed}", **chosen, **older)
        assert answer.status_code == 422, deed
        assert "文书日期早于处罚决定日期（2026-05-06），请核对" in answer.text
        assert 'value="更正通知书〔2026〕1号"' in answer.text, "nothing typed is lost"
    reviewer.post(f"{record}/dismiss", **GROUND)
    answer = reviewer.post(f"{record}/announce", fate="void", **older)
    assert "文书日期早于处罚决定日期" in answer.text
    assert "要撤回的" not in reviewer.get("/bureau/").text
    same_day = {**GROUND, "day": "2026-05-06"}
    assert reviewer.post(f"{record}/revoke", fate="revoked", **same_day).status_code == 303


def test_a_day_that_was_wrong_is_corrected_on_the_decision_itself(
    reviewer: Person, record: str
) -> None:
    earlier = {f"cell{DATE}": "2026-04-29", **GROUND, "day": "2026-04-29"}
    assert reviewer.post(f"{record}/correct", **earlier).status_code == 303


def test_an_objection_is_marked_in_public_and_taken_off_again(
    app: Flask, reviewer: Person, record: str
) -> None:
    reviewer.post(f"{record}/dispute", **GROUND)
    assert "异议处理中" in app.test_client().get("/records/1").text
    assert "已经是这个状态" in reviewer.post(f"{record}/dispute", **GROUND).text
    reviewer.post(f"{record}/dispute-over", **GROUND)
    assert "异议处理中" not in app.test_client().get("/records/1").text
    with app.app_context():
        reasons = [entry.reason for entry in db.session().query(LedgerEntry)]
        assert reasons == ["", "disputed", "dispute_over"]


def test_a_record_screened_for_a_reorganisation_is_shown_again_when_that_failed(
    app: Flask, reviewer: Person, clock: StandingClock, record: str
) -> None:
    assert "没有暂停公示" in reviewer.post(f"{record}/restore", **GROUND).text
    assert "恢复公示" not in reviewer.get(record).text
    with app.app_context():
        publisher = Publisher(db.session(), vault(), clock.now())
        publisher.screen(db.session.get_one(Record, 1), screened=True, reason="reorganisation")
        publisher.write()
        db.session.commit()
    public = app.test_client()
    assert public.get("/records/1").status_code == 404
    assert "暂停公示" in reviewer.get(record).text
    answer = reviewer.post(f"{record}/restore", **{**GROUND, "document": ""})
    assert answer.status_code == 422
    assert 'value="笔误"' in answer.text
    reviewer.post(f"{record}/restore", **GROUND)
    assert public.get("/records/1").status_code == 200
    assert "原来：暂停公示；现在：公示中" in reviewer.get(record).text
    with app.app_context():
        entries = [(entry.action, entry.reason) for entry in db.session().query(LedgerEntry)]
        assert entries == [("publish", ""), ("screen", "reorganisation"), ("restore", "")]
        assert not verify(db.session()).problems


def test_an_ending_takes_it_from_the_public_at_once(
    app: Flask, reviewer: Person, record: str
) -> None:
    reviewer.post(f"{record}/end", why="error", **GROUND)
    assert app.test_client().get("/records/1").status_code == 410
    work(app)
    public = app.test_client()
    assert "郑州第1号食品" not in public.get("/search?q=第1号食品").text.split("<main")[1].replace(
        "第1号食品", "", 1
    )
    assert "郑州第1号食品有限公司" not in public.get("/feeds/all.atom").text
    page = reviewer.get(record).text
    assert "已终止公示" in page
    assert "更正内容" not in page
    answer = reviewer.post(f"{record}/end", why="error", **GROUND)
    assert "已经终止公示，不能再改" in answer.text


def test_a_withdrawal_tells_whether_it_was_in_time(
    app: Flask, clerk: Person, reviewer: Person, record: str
) -> None:
    reviewer.post(f"{record}/revoke", fate="revoked", **{**GROUND, "day": "2026-05-20"})
    page = reviewer.get(record).text
    assert "超过期限，应在 2026-05-25 前" in page
    assert "决定被依法撤销" in page
    assert "原来：公示中；现在：已撤回，不再公示" in page
    public = app.test_client().get("/records/1")
    assert public.status_code == 410
    assert "处罚决定被撤销、变更或者确认违法、无效" in public.text
    other = published(app, clerk, reviewer, decision(2))
    reviewer.post(f"{other}/revoke", fate="void", **GROUND)
    assert "在期限（2026-06-03）以内" in reviewer.get(other).text


def test_a_clerk_notes_a_void_decision_and_the_clock_runs_until_it_is_withdrawn(
    app: Flask, clerk: Person, reviewer: Person, clock: StandingClock, record: str
) -> None:
    assert clerk.post(f"{record}/revoke", fate="void", **GROUND).status_code == 403
    clerk.post(f"{record}/announce", fate="void", **GROUND)
    for person, path in ((clerk, record), (reviewer, record), (reviewer, "/bureau/")):
        assert "还有 2 个工作日" in person.get(path).text
    assert "已经记下" in clerk.post(f"{record}/announce", fate="void", **GROUND).text
    clock.move(minutes=20)
    clock.moment = clock.moment.replace(day=8)
    reviewer.sign_in()
    reviewer.send_code(reviewer.code())
    assert "已超 3 个工作日" in reviewer.get("/bureau/").text
    reviewer.post(f"{record}/revoke", fate="void", **GROUND)
    assert "要撤回的" not in reviewer.get("/bureau/").text
    assert app.test_client().get("/records/1").status_code == 410


def test_what_was_noted_by_mistake_is_let_go(reviewer: Person, record: str) -> None:
    reviewer.post(f"{record}/announce", fate="changed", **GROUND)
    assert "等待撤回" in reviewer.get(record).text
    reviewer.post(f"{record}/dismiss", **GROUND)
    assert "要撤回的" not in reviewer.get("/bureau/").text
    page = reviewer.get(record).text
    assert "取消等待撤回，理由：笔误" in page


def test_the_history_says_what_was_before_and_after(reviewer: Person, record: str) -> None:
    reviewer.post(f"{record}/correct", **{f"cell{FACTS}": "销售白酒21瓶。", **GROUND})
    page = reviewer.get(record).text
    assert "改动：违法事实" in page
    assert 'href="#revision-1"' in page
    assert '<h3 id="revision-1">' in page


def test_a_number_of_a_document_is_not_shown_on_the_form_of_a_correction(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    row = {**CLEAN[PERSON], "violation_type": "销售侵权商品"}
    number = number_of(upload(clerk, table([row], PERSON)))
    work(app)
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    form = reviewer.get("/bureau/records/1/correct").text
    assert "X0000001" not in form
    fields = [column.field for column in BOOK.layouts[PERSON].columns]
    place = fields.index("counterparty_document_number")
    facts = fields.index("violation_facts")
    typed = {f"cell{place}": "*" * 8, f"cell{facts}": "销售白酒21瓶。"}
    assert reviewer.post("/bureau/records/1/correct", **typed, **GROUND).status_code == 303
    assert "X0000001" not in reviewer.get("/bureau/records/1").text


def test_another_bureau_reaches_none_of_it(stranger: Person, record: str) -> None:
    for path in ("", "/correct"):
        assert stranger.get(record + path).status_code == 404
    for path in ("/correct", "/dispute", "/end", "/revoke", "/announce", "/dismiss"):
        answer = stranger.post(record + path, why="error", fate="void", **GROUND)
        assert answer.status_code == 404
    assert "没有找到" in stranger.get("/bureau/records?q=郑州第1号食品有限公司").text
