"""No address of the site appears or disappears unnoticed, and every parameter has a type."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from flask import Flask
from werkzeug.routing import Map, Rule

from tests.meta.sources import Source, python_sources, report
from tests.meta.sources import source_of as example

TABLE = Path(__file__).with_name("routes.txt")
# Who may read a request's parameters; everybody else declares them and gets values.
READS_PARAMETERS: dict[str, str] = {}
_PARAMETERS = {"args", "form", "values", "cookies", "get_json", "json", "get_data", "files"}
_VARIABLE = re.compile(r"<([^>]*)>")
_QUIET_METHODS = {"HEAD", "OPTIONS"}


def line_of(rule: Rule) -> str:
    """One address as routes.txt has it: methods, rule with converters, endpoint."""
    methods = ",".join(sorted((rule.methods or set()) - _QUIET_METHODS))
    return f"{methods} {rule.rule} {rule.endpoint}"


def changes(rules: Iterable[Rule], table: str) -> list[str]:
    """What routes.txt lacks and what the site lacks."""
    actual = {line_of(rule) for rule in rules}
    expected = {line for line in table.splitlines() if line and not line.startswith("#")}
    appeared = [f"new address; add to routes.txt: {line}" for line in sorted(actual - expected)]
    gone = [
        f"an address that people have kept is gone: {line}" for line in sorted(expected - actual)
    ]
    return appeared + gone


def untyped(rules: Iterable[Rule]) -> list[str]:
    """Variables of addresses without a converter of their own."""
    return [
        f"{rule.rule}: say what {variable} is: <converter:{variable}>"
        for rule in rules
        for variable in _VARIABLE.findall(rule.rule)
        if ":" not in variable
    ]


def parameter_readers(sources: Iterable[Source]) -> list[str]:
    """Views that help themselves from the request instead of declaring parameters."""
    return [
        f"{source.path}:{node.lineno} reads request.{node.attr}; declare a typed parameter"
        for source in sources
        if source.module not in READS_PARAMETERS
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "request"
        and node.attr in _PARAMETERS
    ]


def test_no_address_appears_or_disappears_unnoticed(app: Flask) -> None:
    problems = changes(app.url_map.iter_rules(), TABLE.read_text(encoding="utf-8"))
    assert not problems, report(problems)


def test_every_variable_of_an_address_has_a_type(app: Flask) -> None:
    problems = untyped(app.url_map.iter_rules())
    assert not problems, report(problems)


def test_views_declare_their_parameters() -> None:
    problems = parameter_readers(python_sources("credit_site/web"))
    assert not problems, report(problems)


def _rule(text: str, endpoint: str) -> Rule:
    rule = Rule(text, endpoint=endpoint, methods=["GET"])
    Map([rule])
    return rule


def test_an_address_that_appears_or_disappears_would_be_named() -> None:
    assert changes([_rule("/a", "a")], "# kept\nGET /b b\n") == [
        "new address; add to routes.txt: GET /a a",
        "an address that people have kept is gone: GET /b b",
    ]
    assert not changes([_rule("/a", "a")], "GET /a a\n")


def test_an_untyped_variable_would_be_named() -> None:
    (problem,) = untyped([_rule("/a/<name>", "a")])
    assert problem == "/a/<name>: say what name is: <converter:name>"
    assert not untyped([_rule("/a/<int:number>.<any(atom, rss):ending>", "a")])


def test_a_view_that_helps_itself_would_be_named() -> None:
    path = "credit_site/web/search.py"
    (problem,) = parameter_readers([example("q = request.args.get('q')", path)])
    assert problem.endswith(":1 reads request.args; declare a typed parameter")
    assert not parameter_readers([example("request.endpoint", path)])
