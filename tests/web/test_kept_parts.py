"""What is made once for all pages, and what an answer says it varies with."""

from __future__ import annotations

import pytest
from flask import Flask, Response
from jinja2 import TemplateNotFound

from credit_site.web.kept_parts import kept
from credit_site.web.looks import Look
from credit_site.web.varying import vary_on


def test_a_part_says_what_its_macro_says_every_time(app: Flask) -> None:
    with app.app_context():
        first = kept("terms", "term", "credit-repair", "信用修复", "field")
        again = kept("terms", "term", "credit-repair", "信用修复", "field")
        other = kept("terms", "term", "credit-repair", "修复")
    assert "/help/glossary#credit-repair" in first
    assert again == first
    assert ">修复<" in other


def test_a_part_is_another_one_for_another_look(app: Flask) -> None:
    with app.test_request_context("/"):
        plain = kept("frame", "styles", Look())
        large = kept("frame", "styles", Look(size="large"))
    assert "large.css" in large
    assert "large.css" not in plain


def test_the_present_section_alone_is_marked(app: Flask) -> None:
    with app.app_context():
        nav = kept("frame", "nav", "lists")
    assert nav.count("aria-current") == 1
    assert '<a href="/lists/" aria-current="page">' in nav


def test_what_is_not_there_is_told(app: Flask) -> None:
    with app.app_context(), pytest.raises(TemplateNotFound):
        kept("nothing", "term")


def test_names_are_added_once_whatever_their_case() -> None:
    response = Response()
    vary_on(response, "Cookie")
    vary_on(response, "Accept-Encoding", "cookie")
    assert response.headers["Vary"] == "Cookie, Accept-Encoding"
