"""Names say what a thing is: no drawers, no pinyin, no other side doors."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from tests.meta.sources import Source, python_sources, report
from tests.meta.sources import source_of as example

DRAWERS = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "lib"}
# Words of the subject as they look when somebody spells them instead of translating them.
PINYIN = {
    "chufa", "xingzheng", "xuke", "gongshi", "mingcheng", "jiguan", "jueding", "wenhao", "riqi",
    "jine", "shixin", "xinyong", "qiye", "gongsi", "faren", "daima", "weifa", "yiju", "leibie",
    "beizhu", "shensu", "xiufu", "yiyi", "mingdan", "heimingdan", "xzcf", "xzxk", "tyshxydm",
}  # fmt: skip


def drawers(sources: Iterable[Source]) -> list[str]:
    return [
        f"{source.path}: a drawer for everything; name the module after its subject"
        for source in sources
        if DRAWERS & set(source.module.split("."))
    ]


def _names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name


def pinyin(sources: Iterable[Source]) -> list[str]:
    found = {
        f"{source.path}:{line} {name}: pinyin; say it in English (penalty, decision_number, …)"
        for source in sources
        for line, name in _names(source.tree)
        if PINYIN & set(re.split(r"_|(?<=[a-z])(?=[A-Z])", name.lower()))
    }
    return sorted(found)


def test_no_module_is_a_drawer() -> None:
    problems = drawers(python_sources())
    assert not problems, report(problems)


def test_no_identifier_is_pinyin() -> None:
    problems = pinyin(python_sources())
    assert not problems, report(problems)


def test_a_drawer_would_be_named() -> None:
    (problem,) = drawers([example("", "credit_site/web/utils.py")])
    assert problem.startswith("credit_site/web/utils.py: a drawer")
    assert drawers([example("", "credit_site/web/utilisation.py")]) == []


def test_pinyin_would_be_named() -> None:
    (problem,) = pinyin([example("chufa_number = 1\npenalty_number = 2\n")])
    assert problem.startswith("credit_site/example.py:1 chufa_number")
