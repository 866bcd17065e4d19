"""Templates show plain values: no query, no inline style, no inline script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jinja2 import Environment, nodes

from tests.meta.sources import ROOT, report

FOLDER = ROOT / "templates"
LONGEST = 300
# Names that would reach into the database from a template.
QUERIES = {
    "query", "execute", "scalar", "scalars", "session", "filter_by", "select", "metadata", "engine",
}  # fmt: skip
DATABASE_NAMES = {"db", "session", "engine", "Record", "visible"}
INLINE = {
    "a style element: write it in the stylesheet": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute: give it a class": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline script: put it in a file under static": re.compile(
        r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type\s*=\s*[\"']application/(?:ld\+)?json)",
        re.IGNORECASE,
    ),
    "an event attribute: listen from a script file": re.compile(
        r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE
    ),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}
_ENVIRONMENT = Environment(
    autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n"]
)
_COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)

Template = tuple[str, str]


def templates() -> Iterator[Template]:
    """Path and text of every template."""
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def _blank(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def inline_parts(sources: Iterable[Template]) -> list[str]:
    """Markup that a strict content security policy forbids, and that belongs into files."""
    problems = []
    for path, text in sources:
        markup = _EXPRESSION.sub(_blank, _COMMENT.sub(_blank, text))
        for problem, pattern in INLINE.items():
            for found in pattern.finditer(markup):
                line = markup.count("\n", 0, found.start()) + 1
                problems.append(f"{path}:{line}: {problem}")
    return problems


def queries(sources: Iterable[Template]) -> list[str]:
    """Expressions that ask the database; views hand over what is shown."""
    return [
        f"{path}:{line}: {name} asks the database; let the view hand over a plain value"
        for path, text in sources
        for line, name in _database_words(_ENVIRONMENT.parse(text))
    ]


def _database_words(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    for attribute in tree.find_all(nodes.Getattr):
        if attribute.attr in QUERIES:
            yield attribute.lineno, attribute.attr
    for name in tree.find_all(nodes.Name):
        if name.name in DATABASE_NAMES:
            yield name.lineno, name.name


def unescaped(sources: Iterable[Template]) -> list[str]:
    """Places where text becomes markup unseen; markup comes from macros, not from values."""
    return [
        f"{path}:{found.lineno}: |safe; hand over Markup made where it is escaped, or a macro"
        for path, text in sources
        for found in _ENVIRONMENT.parse(text).find_all(nodes.Filter)
        if found.name == "safe"
    ]


def test_templates_run_no_query() -> None:
    assert list(templates())
    problems = queries(templates())
    assert not problems, report(problems)


def test_templates_carry_no_inline_style_or_script() -> None:
    problems = inline_parts(templates())
    assert not problems, report(problems)


def test_templates_mark_nothing_safe() -> None:
    problems = unescaped(templates())
    assert not problems, report(problems)


def test_templates_are_short() -> None:
    long = [path for path, text in templates() if len(text.splitlines()) > LONGEST]
    assert not long, f"split by macros and includes: {long}"


def test_a_query_in_a_template_would_be_named() -> None:
    for text in ("{{ Record.query.all() }}", "{% for r in db.all() %}{% endfor %}"):
        assert queries([("templates/a.html", text)]), text
    assert queries([("templates/a.html", "<p>\n{{ x.session }}")]) == [
        "templates/a.html:2: session asks the database; let the view hand over a plain value"
    ]
    assert not queries([("templates/a.html", "{{ record.subject_name }}")])


def test_inline_style_and_script_would_be_named() -> None:
    for text in (
        "<p\n style='color: red'>",
        "<style>",
        "<script>x()</script>",
        "<body onload=x()>",
        "<a href='javascript:x()'>",
    ):
        assert inline_parts([("templates/a.html", text)]), text
    for text in (
        "<script src='{{ a }}'></script>",
        "<script type='application/ld+json'>{}</script>",
        "{# <style> #}",
        "<p>on time = style</p>",
        "<a class='{{ 1 if style > 2 }}' data-style='x'>",
    ):
        assert not inline_parts([("templates/a.html", text)]), text


def test_a_value_marked_safe_would_be_named() -> None:
    (problem,) = unescaped([("templates/a.html", "{{ facts|safe }}")])
    assert problem.startswith("templates/a.html:1: |safe")
