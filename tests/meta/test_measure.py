"""The house measure: small files, small functions, everything annotated."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from statistics import median, quantiles

from tests.meta.sources import PACKAGES, FunctionNode, Source, functions, python_sources, report
from tests.meta.sources import source_of as example

LONGEST_FILE = 300
LONGEST_FUNCTION = 50
MEDIAN_FILE = 100
MEDIAN_FUNCTION = 8
NINE_OF_TEN_FUNCTIONS = 25
# Alembic writes one list of operations for each step of the schema.
GENERATED = "credit_site/migrations/versions/"


def function_length(node: FunctionNode) -> int:
    """Lines from ``def`` to the end, without the docstring."""
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def too_long_files(sources: Iterable[Source]) -> list[str]:
    return [
        f"{source.path}: {source.lines} lines, at most {LONGEST_FILE}: split it by subject"
        for source in sources
        if source.lines > LONGEST_FILE
    ]


def too_long_functions(sources: Iterable[Source]) -> list[str]:
    return [
        f"{source.path}:{node.lineno} {node.name}: {function_length(node)} lines, at most "
        f"{LONGEST_FUNCTION}: give its steps names of their own"
        for source in sources
        if not source.path.startswith(GENERATED)
        for node in functions(source.tree)
        if function_length(node) > LONGEST_FUNCTION
    ]


def _arguments(node: FunctionNode) -> list[ast.arg]:
    given = node.args
    stars = [star for star in (given.vararg, given.kwarg) if star is not None]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *stars]


def unannotated(sources: Iterable[Source]) -> list[str]:
    problems = []
    for source in sources:
        for node in functions(source.tree):
            bare = [
                argument.arg
                for argument in _arguments(node)
                if argument.annotation is None and argument.arg not in {"self", "cls"}
            ]
            missing = [*bare, *(["return"] if node.returns is None else [])]
            if missing:
                problems.append(
                    f"{source.path}:{node.lineno} {node.name}: no type for {', '.join(missing)}"
                )
    return problems


def test_no_file_is_longer_than_the_ceiling() -> None:
    problems = too_long_files(python_sources())
    assert not problems, report(problems)


def test_no_function_is_longer_than_the_ceiling() -> None:
    problems = too_long_functions(python_sources())
    assert not problems, report(problems)


def test_every_function_is_annotated() -> None:
    problems = unannotated(python_sources())
    assert not problems, report(problems)


def test_files_and_functions_stay_small_in_the_middle_too() -> None:
    sources = python_sources(*PACKAGES)
    files = {source.path: source.lines for source in sources if source.lines > 1}
    lengths = [function_length(node) for source in sources for node in functions(source.tree)]
    longest = sorted(files, key=files.__getitem__, reverse=True)[:10]
    assert median(files.values()) <= MEDIAN_FILE, f"split the longest: {longest}"
    assert median(lengths) <= MEDIAN_FUNCTION
    assert quantiles(lengths, n=10)[-1] <= NINE_OF_TEN_FUNCTIONS


def test_a_long_file_would_be_named() -> None:
    assert too_long_files([example("x = 1\n" * 300)]) == []
    (problem,) = too_long_files([example("x = 1\n" * 301)])
    assert problem.startswith("credit_site/example.py: 301 lines")


def test_a_long_function_would_be_named_and_its_docstring_forgiven() -> None:
    body = "    x = 1\n" * 49
    documented = f'def f() -> None:\n    """Says\n    much.\n    """\n{body}'
    assert too_long_functions([example(documented)]) == []
    (problem,) = too_long_functions([example(documented + "    x = 1\n")])
    assert "credit_site/example.py:1 f: 51 lines" in problem


def test_an_unannotated_function_would_be_named_with_what_lacks() -> None:
    (problem,) = unannotated([example("class A:\n    def f(self, a, *b: int, **c): ...\n")])
    assert problem.endswith("f: no type for a, c, return")
