"""The way of a file through the desk in five steps, as the help tells it to clerks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import Account
from tests.browser.test_desk import COLUMNS, sign_in
from tests.domain.penalty_rows import AGENCY
from tests.support.people import Person, somebody
from tests.support.uploads import decision, work, workbook

STEPS = 5
WIDTH, HEIGHT = 900, 600
"""Pixels of a picture; templates/help/clerks.html says the same."""


def named(app: Flask, person: Person, name: str) -> Person:
    """The same under a name as people have them."""
    with app.app_context():
        db.session().get_one(Account, person.number).name = name
        db.session().commit()
        db.session.remove()
    return person


def upload_steps(app: Flask, page: Page, folder: Path) -> Iterator[int]:
    """Stops at each of the five steps, numbered from 1, with the page as it then looks."""
    clerk = named(app, somebody(app, Role.CLERK, AGENCY.slug), "王晓")
    reviewer = named(app, somebody(app, Role.REVIEWER, AGENCY.slug), "李正")
    file = folder / "五月处罚决定.xlsx"
    file.write_bytes(workbook([decision(1), decision(2, decision_date="昨天"), decision(3)]))
    sign_in(page, clerk)
    yield 1
    page.get_by_role("link", name="上传本月的决定").click()
    page.get_by_label("表格文件").set_input_files(file)
    yield 2
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_role("heading", name="正在检查").wait_for()
    work(app)
    page.get_by_role("heading", name="要做的事").wait_for()
    page.reload()  # it may have looked before the marked table was ready
    page.get_by_role("link", name="下载标出问题的表格").wait_for()
    yield 3
    page.get_by_role("link", name="就地修改").click()
    page.get_by_label(COLUMNS["decision_date"], exact=True).scroll_into_view_if_needed()
    yield 4
    page.get_by_label(COLUMNS["decision_date"], exact=True).fill("2026-05-06")
    page.get_by_role("button", name="保存并重新检查").click()
    page.get_by_role("button", name="提交审核（3 行）").click()
    page.get_by_role("button", name="退出").click()
    sign_in(page, reviewer)
    page.get_by_role("link", name=file.name).click()
    page.get_by_role("button", name="发布 3 行").wait_for()
    yield STEPS
