"""The checking client itself: what it would find fault with."""

from __future__ import annotations

import pytest
from html5lib.html5parser import ParseError
from werkzeug.datastructures import Headers

from tests.web.pages import assert_safe_headers, faults, parse

FRAME = (
    "<!doctype html><html lang=zh-CN><head><title>题</title>"
    '<meta name=viewport content="width=device-width"></head>'
    "<body><main><h1>题</h1>{}</main></body></html>"
)


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ("<h1>又一个</h1>", "2 × h1"),
        ("<h3>跳级</h3>", "h3 “跳级” follows level 1"),
        ("<p id=a></p><p id=a></p>", "id a stands 2 times"),
        ("<label for=q>问</label>", "for=q points nowhere"),
        ("<a href='#b'>下</a>", "a link to #b points nowhere"),
        ("<a href='/x'></a>", "an empty a"),
        ("<input name=q>", "input q without a label"),
        ("<p style='color:red'>红</p>", "p style=color:red"),
        ("<p onclick='x()'>点</p>", "p onclick=x()"),
        ("<script>x()</script>", "an inline script"),
        ("<script type=module>x()</script>", "an inline script"),
        ("<script type=application/json>{}</script>", "an inline script"),
        ("<iframe src='/x'></iframe>", "iframe without title"),
        ("<img alt='' src='https://elsewhere.example/a.png'>", "img src leads outside"),
        ("<a href='//elsewhere.example/'>外</a>", "a href leads outside"),
        ("<nav><a href='/'>家</a></nav>", "nav without a name"),
        ("<table><tr><th scope=col>头</th></tr></table>", "a table without a caption"),
    ],
)
def test_what_is_wrong_with_a_page_would_be_named(part: str, problem: str) -> None:
    assert any(found.startswith(problem) for found in faults(parse("/", FRAME.format(part))))


def test_a_sound_page_has_no_faults() -> None:
    part = "<script type=application/ld+json>{}</script>"
    part += "<label for=q>问</label><input id=q name=q><a href='/a?b=1#c'>内</a>"
    assert not faults(parse("/", FRAME.format(part)))


def test_only_what_is_meant_for_frames_may_be_framed() -> None:
    policy = "default-src 'none'; frame-ancestors {}"
    common = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    shut = {"X-Frame-Options": "DENY", "Content-Security-Policy": policy.format("'none'")}
    open_ = {"Content-Security-Policy": policy.format("*")}
    assert_safe_headers(Headers({**common, **shut}))
    assert_safe_headers(Headers({**common, **open_}), framed=True)
    for headers, framed in ((open_, False), (shut, True), ({**shut, **open_}, False)):
        with pytest.raises(AssertionError):
            assert_safe_headers(Headers({**common, **headers}), framed)


def test_broken_grammar_is_an_error() -> None:
    for broken in ("<p><div></p>", "<a href='/' href='/b'>x</a>", "<b><i></b></i>"):
        with pytest.raises(ParseError):
            parse("/", FRAME.format(broken))
