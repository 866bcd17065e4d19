"""``visible()`` is the only way to public records: who else touches the table is listed here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from tests.meta.sources import PACKAGES, Source, python_sources, report
from tests.meta.sources import source_of as example

TABLES = ("credit_site.models",)
RECORD_TABLES = {"Record", "RecordRevision", "RECORD_TABLE"}

# Who may ask the table, each with the reason why what it finds cannot reach the public by it.
ASKS_RECORDS = {
    "credit_site.services.public_records": "the definition of visible",
    "credit_site.services.record_keys": "numbers of the visible alone: begins from PUBLIC",
    "credit_site.services.record_revisions": "of a visible record, days and names of fields",
    "credit_site.services.record_entries": "begins from visible(); for the desk alone",
    "credit_site.services.publisher": "writes: amends and ends the record of a row",
    "credit_site.services.known": "what a row would amend, by key and fingerprint; never content",
    "credit_site.services.publication": "writes: finds what a person with the right ends",
    "credit_site.services.grading": "writes: corrects what a list must not say of anybody",
    "credit_site.services.honours": "writes: finds what a black list ends; for the desk numbers",
    "credit_site.services.desk_figures": "counts what went out in a month, never content",
    "credit_site.services.amending": "writes: finds what a person with the right changes or ends",
    "credit_site.services.waiting_corrections": "for the desk: corrections between two hands",
    "credit_site.services.from_elsewhere": "for the desk: numbers of copies that a source lacks",
    "credit_site.services.undated": "a record's first and last day, for its next wording",
    "credit_site.services.withdrawals": "for the desk: what a bureau must take off the site",
    "credit_site.services.record_life": "for the desk, behind the sign-in: a record with its past",
    "credit_site.services.record_origins": "for the desk: by which hands it came",
    "credit_site.services.matters.opening": "writes: marks the record that is objected to",
    "credit_site.services.matters.screened": "for the desk and secrets; else only taken or not",
    "credit_site.services.matters.terms": "terms of a record that is at hand; asks for none",
    "credit_site.services.repair_doors": "for the desk: whether a penalty may end as repaired",
    "credit_site.services.matters.steps": "writes: ends or marks the record that was decided on",
    "credit_site.services.matters.addressee": "name and decision, for the letter to its reader",
    "credit_site.services.matters.standing": "content of the visible alone; else day and why",
    "credit_site.services.listing_cases.publishing": "writes: enters, prolongs, ends; weighs facts",
    "credit_site.services.listing_cases.resting": "for the desk: whether penalties still carry",
    "credit_site.services.listing_cases.early": "for the desk: whether one may be removed early",
    "credit_site.services.listing_cases.repairing": "writes: ends what a repair was upheld for",
    "credit_site.services.listing_cases.erring": "writes: ends what was an error, with an apology",
    "credit_site.services.listing_cases.identity": "begins from visible(): whose name, whose code",
    "credit_site.services.listing_rows": "begins from visible(): whether a penalty carries a row",
    "credit_site.services.listing_cases.correcting": "for the desk: what a correction may change",
    "credit_site.services.listing_cases.alerts": "for the desk: numbers of cases to be removed",
    "credit_site.services.listing_cases.numbers": "for the desk: whose a decision's number is",
    "credit_site.services.listing_cases.screening": "for the desk: that an entry is hidden now",
    "credit_site.services.listing_cases.proposing": "begins from visible(); of ended ones nothing",
    "credit_site.services.list_pages": "begins from visible(); of ended ones number, day, reason",
    "credit_site.services.lookups.appeals": "days of penalties behind visible entries, no content",
    "credit_site.services.comparing": "for reviewers, behind the sign-in: what a row would change",
    "credit_site.services.likely_repeats": "for the desk: the number of what a row may repeat",
    "credit_site.services.ledger": "verifies hashes; says numbers, never content",
    "credit_site.services.changes": "content of the visible alone (is_visible); else number, day",
    "credit_site.services.exchange.picking": "content goes on by is_visible() alone (cutting)",
    "credit_site.services.exchange.standing": "counts; begins from visible()",
    "credit_site.services.exchange.refusals": "for the desk: public name and number of a row sent",
    "credit_site.services.exchange.receipts": "finds whose row a receipt means; says no content",
    "credit_site.services.feed_changes": "positions alone, and which feeds changed",
    "credit_site.services.departures": "of what left number, day, reason; else places, no content",
    "credit_site.services.whereabouts": "of numbers that are named: whether they stand, day, why",
    "credit_site.services.corrections": "of visible records days and names of fields, no wording",
    "credit_site.services.exports": "begins from visible(); of ended records only number and day",
    "credit_site.services.sitemap": "begins from visible(); else numbers of ledger and buckets",
    "credit_site.services.open_data.standing": "what changed since a snapshot: counts and numbers",
    "credit_site.services.open_data.deltas": "content of the visible alone; else number, day, why",
    "credit_site.services.hook_content": "code and list, to choose who hears; content by changes()",
    "credit_site.services.proofs": "begins from visible(); of others only number and why hidden",
    "credit_site.services.search_follower": "fills the index; hits come back through by_ids()",
    "credit_site.services.statistics.follower": "counts; figures take off what is visible no more",
    "credit_site.services.statistics.figures": "finds what changed since, to take it off",
    "credit_site.services.name_follower": "fills the directory; names come back through counted()",
    "credit_site.services.assessment.disclosing": "counts of a month, never content",
    "credit_site.services.assessment.changing": "counts what was changed and ended, no content",
    "credit_site.services.assessment.listing": "counts who came and left in a month, no content",
    "credit_site.services.assessment.answering": "the division of the record of a matter",
    "credit_site.services.assessment.rises": "counts by field and division, never a record",
    "credit_site.services.assessment.naming": "keeps names out of texts that stay for ever",
    # Another database: names alone, which come back through counted() and facts_of().
    "search_index.directory.asking": "reads the directory of names",
    "search_index.directory.writing": "writes the directory of names",
}
# Who may name its columns without asking by itself.
NAMES_COLUMNS = {
    "credit_site.services.open_data.reading": "the columns of what visible() selects",
    "credit_site.services.shapes": "the conditions of a selection; asks nothing",
    "credit_site.services.life_rows": "the columns that departures reads; asks nothing",
    "credit_site.services.site": "groups what visible() selects",
    "credit_site.services.subject_facts": "groups what visible() selects",
    "credit_site.services.layout_records": "the condition of a layout; asks nothing",
    "credit_site.services.exchange.cells": "writes what cutting hands it",
    "credit_site.services.exchange.cutting": "is_visible() decides what is told of a record",
    "credit_site.services.assessment.repeats": "groups what visible() selects",
    "credit_site.services.corrected_cells": "a record that is at hand, as cells of the desk",
    "credit_site.services.redrawing": "writes: corrects the record that a use case has at hand",
    "credit_site.services.record_columns": "all columns in the order of a new row; asks nothing",
    "credit_site.services.record_forms": "the form that the ledger's hash covers",
    "credit_site.services.documents": "the columns an index document is made from",
}
# Rooms that see records as plain views only.
WITHOUT_MODELS = ("credit_site.web", "credit_site.cli", "credit_site.worker", "credit_site.app")

_QUERY_CALLS = {"select", "get", "query", "select_from", "get_one", "update", "delete", "exists"}
_RAW_SQL = re.compile(
    r"\b(?:select|insert|update|delete|copy)\b.*\brecord(?:s|_revisions)\b",
    re.IGNORECASE | re.DOTALL,
)


def imports(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Line, module and name of every import (name empty for ``import module``)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, node.module or "", alias.name) for alias in node.names)


def _inside(module: str, packages: Iterable[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def models_in_faces(sources: Iterable[Source]) -> list[str]:
    """Faces of the site that import tables, or a table through another module."""
    return [
        f"{source.path}:{line} imports {name or module}: ask credit_site.services for a plain view"
        for source in sources
        if _inside(source.module, WITHOUT_MODELS)
        for line, module, name in imports(source.tree)
        if _inside(module, TABLES) or name in RECORD_TABLES
    ]


def unlisted(sources: Iterable[Source]) -> list[str]:
    """Modules that know the records' table without being known for it."""
    return [
        f"{source.path}:{line} imports {name or module}: use services.public_records, or list it "
        "in tests/meta/test_visibility.py with the reason"
        for source in sources
        if not _inside(source.module, TABLES)
        and source.module not in ASKS_RECORDS.keys() | NAMES_COLUMNS.keys()
        for line, module, name in imports(source.tree)
        if name in RECORD_TABLES or (module.startswith("credit_site.models") and not name)
    ]


def _speaks_of_records(node: ast.expr) -> bool:
    named = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return bool(named & RECORD_TABLES)


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def own_questions(sources: Iterable[Source]) -> list[str]:
    """Queries over records, in Python or in SQL, where only visible() may stand."""
    return [
        f"{source.path}:{line} asks for records by {means}: begin from visible()"
        for source in sources
        if source.module not in ASKS_RECORDS
        if not _inside(source.module, (*TABLES, "credit_site.migrations"))
        for line, means in (*_asked_in_python(source.tree), *_asked_in_sql(source.tree))
    ]


def _asked_in_python(tree: ast.Module) -> Iterator[tuple[int, str]]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in calls:
        if _called(call) in _QUERY_CALLS and any(map(_speaks_of_records, call.args)):
            yield call.lineno, f"{_called(call)}()"


def _asked_in_sql(tree: ast.Module) -> Iterator[tuple[int, str]]:
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in prose:
            continue
        if isinstance(node.value, str) and _RAW_SQL.search(node.value):
            yield node.lineno, "SQL"


def test_pages_commands_and_worker_know_no_tables() -> None:
    problems = models_in_faces(python_sources(*PACKAGES))
    assert not problems, report(problems)


def test_only_the_listed_know_the_table_of_records() -> None:
    problems = unlisted(python_sources(*PACKAGES))
    assert not problems, report(problems)


def test_nobody_else_asks_for_records() -> None:
    problems = own_questions(python_sources(*PACKAGES))
    assert not problems, report(problems)


def test_everybody_listed_is_still_there() -> None:
    known = {source.module for source in python_sources(*PACKAGES)}
    assert not (ASKS_RECORDS.keys() | NAMES_COLUMNS.keys()) - known, "take it off the list"


def test_a_page_with_tables_would_be_named() -> None:
    path = "credit_site/web/records.py"
    assert models_in_faces([example("from credit_site.models import Record", path)])
    assert models_in_faces([example("import credit_site.models.record", path)])
    assert models_in_faces([example("from credit_site.services.rows import Record", path)])
    assert not models_in_faces([example("from credit_site.services.rows import Row", path)])


def test_an_unlisted_service_would_be_named() -> None:
    path = "credit_site/services/news.py"
    (problem,) = unlisted([example("from credit_site.models import Record", path)])
    assert problem.startswith("credit_site/services/news.py:1 imports Record")
    assert unlisted([example("import credit_site.models", path)])
    assert not unlisted([example("from credit_site.models import Submission", path)])


def test_a_question_past_visible_would_be_named() -> None:
    path = "credit_site/services/site.py"
    for question in (
        "select(Record).where(Record.agency == slug)",
        "session.get(Record, 7)",
        "select(func.count()).select_from(Record)",
        "text('SELECT content FROM records')",
    ):
        assert own_questions([example(question, path)]), question
    assert not own_questions([example("visible(today).where(Record.agency == slug)", path)])
    assert not own_questions([example("select(Submission)", path)])
    assert not own_questions([example("'''Selects from records.'''", path)])
