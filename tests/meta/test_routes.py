"""No address of the site appears or disappears unnoticed, and every parameter has a type."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import is_dataclass, make_dataclass
from pathlib import Path
from typing import get_type_hints

from flask import Flask
from werkzeug.routing import Map, Rule

from credit_site.web import desk_parameters, parameters, search_parameters
from tests.meta.sources import Source, python_sources, report
from tests.meta.sources import source_of as example

TABLE = Path(__file__).with_name("routes.txt")
# Who may read a request's parameters; everybody else declares them and gets values.
READS_PARAMETERS = {
    "credit_site.web.parameters": "reads what a view declared, typed",
    "credit_site.web.looks": "reads the one cookie that public pages know",
    "credit_site.web.matters.receipts": "reads the receipt that a browser keeps in its own cookie",
    "credit_site.web.bodies": "reads forms, files and bodies within their limits",
}
# What may stand behind the question mark, by declaration; kept addresses hold them.
QUERY_PARAMETERS = {
    "PageParameters": {"page: int"},
    "SearchParameters": {
        "q: str",
        "register: str",
        "agency: str",
        "division: str",
        "category: str",
        "violation_type: str",
        "year: str",
        "campaign: str",
        "list_name: str",
        "branch: str",
        "severity: str",
        "sort: Sort",
        "page: int",
        "after: str",
    },
    "ApiParameters": {"limit: int", "facets: str"},
    "ListingParameters": {"limit: int", "before: int"},
    "CompanyParameters": {"limit: int", "before: int"},
    "ChangesParameters": {"since: int", "limit: int"},
    "MachineParameters": {"layout: str", "after: int"},
    "SuggestParameters": {"q: str", "limit: int"},
    "EmbedParameters": {"agency: str", "rows: int", "theme: str"},
    "AuditParameters": {
        "actor: Plain",
        "deed: Plain",
        "subject: Plain",
        "since: Day",
        "until: Day",
        "after: int",
    },
    "SubmissionParameters": {"show: Plain", "column: Plain", "code: Plain", "after: int"},
    "InboxParameters": {"show: Plain", "kind: Plain", "division: Plain", "after: int", "by: Plain"},
    "LookupParameters": {"after: int", "subject: str"},
    "ReceiptParameters": {"line: int", "told: int"},
    "ListParameters": {
        "branch: str",
        "agency: str",
        "division: str",
        "since: Day",
        "until: Day",
        "page: int",
    },
    "CaseParameters": {
        "show: str",
        "after: int",
        "branch: str",
        "agency: str",
        "record: int",
    },
    "StaticParameters": {"v: str"},
    "MatterParameters": {"record: int"},
    "DueParameters": {"day: Day", "page: int"},
    "DecisionParameters": {"layout: str", "agency: str", "check: int"},
    "LedgerParameters": {"since: int", "before: int"},
    "HookParameters": {"before: int"},
    "AssessmentParameters": {"month: str"},
    "ExchangeParameters": {"channel: int", "after: int"},
    "ReconcileParameters": {"prefix: str", "cursor: int", "limit: int", "id: str"},
}
_PARAMETERS = {"args", "form", "values", "cookies", "get_json", "json", "get_data", "files"}
_VARIABLE = re.compile(r"<([^>]*)>")
_LIBRARY = "security."
"""Endpoints of Flask-Security, which names their variables."""
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


def renamed(declared: Iterable[type], expected: dict[str, set[str]]) -> list[str]:
    """Query parameters that came, went or changed their type unnoticed."""
    found = {kind.__name__: typed_fields(kind) for kind in declared}
    return [
        f"{name}: expected {sorted(expected.get(name, set()))}, is {sorted(found.get(name, set()))}"
        for name in sorted(found.keys() | expected.keys())
        if found.get(name) != expected.get(name)
    ]


def typed_fields(declared: type) -> set[str]:
    """The fields of a declaration of parameters, each as ``name: type``."""
    assert is_dataclass(declared)
    return {f"{name}: {kind.__name__}" for name, kind in get_type_hints(declared).items()}


def test_no_address_appears_or_disappears_unnoticed(app: Flask) -> None:
    problems = changes(app.url_map.iter_rules(), TABLE.read_text(encoding="utf-8"))
    assert not problems, report(problems)


def test_every_variable_of_an_address_has_a_type(app: Flask) -> None:
    ours = [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith(_LIBRARY)]
    problems = untyped(ours)
    assert not problems, report(problems)


def test_views_declare_their_parameters() -> None:
    problems = parameter_readers(python_sources("credit_site/web"))
    assert not problems, report(problems)


def test_no_query_parameter_appears_or_disappears_unnoticed() -> None:
    named = {**vars(parameters), **vars(search_parameters), **vars(desk_parameters)}
    declared = [kind for name, kind in named.items() if name.endswith("Parameters")]
    problems = renamed(declared, QUERY_PARAMETERS)
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


def test_a_query_parameter_that_changed_would_be_named() -> None:
    declared = make_dataclass("NewsParameters", [("day", str)])
    assert not renamed([declared], {"NewsParameters": {"day: str"}})
    assert renamed([declared], {"NewsParameters": {"day: date"}}) == [
        "NewsParameters: expected ['day: date'], is ['day: str']"
    ]
    assert renamed([], {"NewsParameters": {"day: str"}})
