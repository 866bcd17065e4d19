"""The number of a person typed into a form of a matter, a record, a case: masked, field named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from credit_site.domain.matters import MatterKind
from tests.support.people import Person
from tests.support.personal_numbers import invented_id_number
from tests.support.uploads import Row, decision
from tests.support.uploads import checked as checked_file
from tests.web.bureau.test_listings import opened
from tests.web.bureau.test_matters import PDF, bring, step
from tests.web.pages import checked, text_of

NUMBER = invented_id_number(7, "19680229")
TODAY = "2026-06-01"
GROUND = {"reason": "当事人申请", "document": "申请书〔2026〕1号", "day": TODAY}
TEST = {"day": TODAY, "institution": "某检验所", "words": "送检", "document": "委托书〔2026〕1号"}


def forms(person: Person, address: str) -> list[Element]:
    """The forms of a page of the desk that do something to what the page is about."""
    with person.get(address) as answer:
        page = checked(address, answer)
    return [one for one in page.all("form") if one.get("action", "").startswith(address)]


def fields(form: Element) -> Iterator[tuple[str, Element]]:
    """What is filled in, with its label."""
    labels = {one: label for label in form.iter("label") for one in label.iter()}
    for one in form.iter():
        if one.tag in ("input", "textarea", "select") and one.get("name"):
            label = labels.get(one)
            yield text_of(label) if label is not None else "", one


def is_text(one: Element) -> bool:
    return one.tag == "textarea" or (one.tag == "input" and one.get("type", "text") == "text")


def filled(form: Element) -> dict[str, object]:
    """All of a form filled in well."""
    return {one.get("name", ""): value(one) for _, one in fields(form)}


def value(one: Element) -> object:
    if one.tag == "select":
        return next(text for each in one.iter("option") if (text := each.get("value", "")))
    match one.get("type"):
        case "file":
            return BytesIO(PDF), "文书.pdf"
        case "date":
            return TODAY
        case "hidden" | "checkbox" | "radio":
            return one.get("value", "")
    return one.get("value") or (one.text or "").strip() or "经核实"


def walk(person: Person, address: str, only: tuple[str, ...] = ()) -> int:
    """Types the number into each text of each form of a page; how many there were."""
    found = 0
    for form in forms(person, address):
        texts = [(label, one.get("name", "")) for label, one in fields(form) if is_text(one)]
        for label, name in texts:
            if not only or name in only:
                refuses(person, form, label, name)
                found += 1
    return found


def refuses(person: Person, form: Element, label: str, name: str) -> None:
    typed = filled(form) | {name: f"张某{NUMBER}的材料"}
    typed.pop("csrf_token")
    action = form.get("action", "")
    answer = person.post(action, page="/bureau/account", **typed)
    assert answer.status_code == 422, (action, typed)
    assert NUMBER not in answer.text, (action, name)
    assert f"张某{'*' * 18}的材料" in answer.text, (action, name)
    said = re.search("“([^”]+)”里像是有证件号码", answer.text)
    assert said, (action, name)
    assert said[1] in label, (said[1], label)
    answer.close()


@pytest.mark.parametrize("kind", MatterKind)
def test_no_form_of_a_matter_gives_such_a_number_back(
    app: Flask, reviewer: Person, stranger: Person, kind: MatterKind
) -> None:
    address = bring(app, kind, "medical")
    person = stranger if kind is MatterKind.TIP else reviewer
    assert walk(person, address)
    if kind is not MatterKind.OBJECTION:
        assert step(person, address, "accept") == 303
        assert walk(person, address)


def test_no_form_about_a_test_gives_such_a_number_back(app: Flask, reviewer: Person) -> None:
    address = bring(app, MatterKind.OBJECTION)
    paper = (BytesIO(PDF), "委托书.pdf")
    assert reviewer.post(address, action="exclude", file=paper, **TEST).status_code == 303
    tested = [form for form in forms(reviewer, address) if filled(form)["action"] == "tested"]
    assert tested
    assert walk(reviewer, address)


def test_no_form_of_a_record_gives_such_a_number_back(reviewer: Person, record: str) -> None:
    assert walk(reviewer, record) >= 8
    assert walk(reviewer, f"{record}/correct", ("reason", "document")) == 2
    reviewer.post(f"{record}/dispute", **GROUND)
    assert reviewer.post(f"{record}/announce", fate="void", **GROUND).status_code == 303
    assert walk(reviewer, record) >= 8


def test_no_form_of_a_screened_record_gives_such_a_number_back(
    app: Flask, reviewer: Person
) -> None:
    address = bring(app, MatterKind.SCREENING)
    step(reviewer, address, "accept")
    assert step(reviewer, address, "uphold") == 303
    done = {form.get("action", "") for form in forms(reviewer, "/bureau/records/1")}
    assert "/bureau/records/1/restore" in done
    assert walk(reviewer, "/bureau/records/1")


def test_no_form_of_a_case_gives_such_a_number_back(reviewer: Person) -> None:
    case = opened(reviewer)
    assert walk(reviewer, case, ("words", "document", "facts")) == 3


def test_who_comes_too_late_does_not_get_it_back_either(reviewer: Person, record: str) -> None:
    reviewer.post(f"{record}/end", why="error", **GROUND)
    late = reviewer.post(f"{record}/revoke", fate="void", **GROUND | {"reason": f"见{NUMBER}"})
    assert late.status_code == 422
    assert NUMBER not in late.text
    assert f"见{'*' * 18}" in late.text


def test_no_form_of_a_review_gives_such_a_number_back_nor_loses_what_was_typed(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    number = in_review(app, clerk, [decision(1), decision(2)])
    address = f"/bureau/submissions/{number}"
    typed = {"reason": f"张某{NUMBER}的材料不全", "severity": "serious"}
    for deed in ("send-back", "rows/2/hold", "rows/3/severity"):
        answer = reviewer.post(f"{address}/{deed}", **typed)
        assert answer.status_code == 422, deed
        assert NUMBER not in answer.text
        page = checked(address, answer)
        shut = {one for box in page.all("details") if box.get("open") is None for one in box.iter()}
        given = [one for one in page.all("input") if "材料不全" in one.get("value", "")]
        assert [one.get("value") for one in given] == [f"张某{'*' * 18}的材料不全"], deed
        assert given[0] not in shut, "its box is open"
        assert "像是有证件号码" in answer.text
        chosen = [one.get("value") for one in page.all("option") if one.get("selected") is not None]
        assert ("serious" in chosen) is (deed == "rows/3/severity")


def test_a_reason_comes_back_though_somebody_else_has_decided(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    number = in_review(app, clerk, [decision(1), decision(2)])
    address = f"/bureau/submissions/{number}"
    reviewer.post(f"{address}/rows/2/hold", reason="文号待核")
    held = reviewer.post(f"{address}/rows/2/hold", reason="写了很久的理由")
    assert (held.status_code, "写了很久的理由" in held.text) == (422, True)
    reviewer.post(f"{address}/send-back", reason="请核对")
    late = reviewer.post(f"{address}/send-back", reason="写了很久的理由")
    assert (late.status_code, "写了很久的理由" in late.text) == (422, True)


def in_review(app: Flask, clerk: Person, rows: list[Row]) -> int:
    """A file that was handed in; its number."""
    number = checked_file(app, clerk, rows)
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    return number
