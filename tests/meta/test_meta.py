"""Tests about the tests about the code base: each of them is shown to be able to fail."""

from __future__ import annotations

from collections.abc import Iterable

from tests.meta.sources import Source, functions, python_sources, report
from tests.meta.sources import source_of as example


def never_failing(sources: Iterable[Source]) -> list[str]:
    """Modules without an example of what they would find."""
    return [
        f"{source.path}: show with an invented offender that it would be named (test_…_would_…)"
        for source in sources
        if source.path.startswith("tests/meta/test_")
        and not any("_would_" in node.name for node in functions(source.tree))
    ]


def test_every_test_about_the_code_base_is_shown_to_fail() -> None:
    problems = never_failing(python_sources("tests/meta"))
    assert not problems, report(problems)


def test_a_test_that_cannot_fail_would_be_named() -> None:
    path = "tests/meta/test_nothing.py"
    assert never_failing([example("def test_all_is_well(): ...", path)])
    assert not never_failing([example("def test_an_ill_would_be_named(): ...", path)])
