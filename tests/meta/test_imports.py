"""Rooms import only from rooms below them, and importing does nothing but define."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.meta.sources import PACKAGES, ROOT, Source, functions, python_sources, report
from tests.meta.sources import source_of as example

# Imports inside a function, each with the reason why it cannot stand at the top.
LATE_IMPORTS = {
    "search_index/engine.py": "a compiled library, asked for by address; Whoosh does without it",
    "credit_site/services/open_data/parquet_form.py": "40 MB, with the first file asked for",
    "credit_site/web/company_reports/qr.py": "5 MiB, with the first paper asked for",
    "credit_site/cli/setup.py": "10 MiB, which the worker, another command, has no use for",
}
MAIN = "if __name__ == '__main__':\n    sys.exit(main())\n"
# Run, by Python and by Alembic, and never imported.
PROGRAMS = ("credit_site.migrations", "credit_site.__main__")

_TRIAL = """
import importlib, sys, threading
for name in sys.argv[1:]:
    importlib.import_module(name)
others = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
sys.exit(f"importing starts threads: {others}" if others else 0)
"""


def keeps_the_direction(
    configuration: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[bool, str]:
    """Whether import-linter finds its contracts kept, and what it says.

    Its logging is left out: it would silence every logger that other tests listen to.
    """
    monkeypatch.setattr("importlinter.cli.logging_config.dictConfig", lambda _configuration: None)
    passed = lint_imports(str(configuration), no_cache=True, no_logo=True) == 0
    return passed, capsys.readouterr().out


def _at_import(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """What runs on import, loops and conditions taken apart."""
    for statement in body:
        if isinstance(statement, ast.If) and "__name__" in ast.unparse(statement.test):
            continue
        if isinstance(statement, ast.For | ast.If | ast.With | ast.Try | ast.While):
            yield from _at_import(statement.body)
            yield from _at_import(getattr(statement, "orelse", []))
        else:
            yield statement


def _worked_upon(statement: ast.stmt) -> Iterator[ast.expr]:
    """What a statement changes beyond giving names."""
    match statement:
        case ast.Expr(value=ast.Call(func=called)):
            yield called
        case ast.Assign(targets=targets):
            yield from (t for t in targets if not isinstance(t, ast.Name | ast.Tuple))
        case ast.AugAssign(target=target) | ast.Delete(targets=[target]):
            yield target


def _owner(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ast.unparse(node)


def _own_names(tree: ast.Module) -> set[str]:
    """What the module itself has made: values, functions, classes."""
    names = set()
    for statement in _at_import(tree.body):
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign() | ast.AnnAssign():
                stored = (part for part in ast.walk(statement) if isinstance(part, ast.Name))
                names |= {part.id for part in stored if isinstance(part.ctx, ast.Store)}
    return names


def side_effects(sources: Iterable[Source]) -> list[str]:
    """Statements that, on import, change what the module did not make itself."""
    return [
        f"{source.path}:{statement.lineno} acts on {_owner(changed)} when it is imported: "
        "do it in a function that the application calls"
        for source in sources
        if not source.module.startswith(PROGRAMS)
        for statement in _at_import(source.tree.body)
        for changed in _worked_upon(statement)
        if _owner(changed) not in _own_names(source.tree)
    ]


def imports_for_effect(sources: Iterable[Source]) -> list[str]:
    """Imports whose name is not used, kept by silencing the linter."""
    return [
        f"{source.path}:{number}: an import for its effect; call what you need"
        for source in sources
        for number, line in enumerate(source.text.splitlines(), 1)
        if "F401" in line and "noqa" in line
    ]


def late_imports(sources: Iterable[Source]) -> list[str]:
    return [
        f"{source.path}:{node.lineno}: import inside {function.name}; stand it at the top, or list "
        "it in tests/meta/test_imports.py with the reason"
        for source in sources
        if source.path not in LATE_IMPORTS
        for function in functions(source.tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def test_every_room_imports_only_from_rooms_below_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    passed, said = keeps_the_direction(ROOT / "pyproject.toml", capsys, monkeypatch)
    assert passed, said


def test_importing_changes_nothing_of_others() -> None:
    problems = side_effects(python_sources(*PACKAGES))
    assert not problems, report(problems)


def test_nothing_is_imported_for_its_effect() -> None:
    problems = imports_for_effect(python_sources(*PACKAGES))
    assert not problems, report(problems)


def test_imports_stand_at_the_top() -> None:
    problems = late_imports(python_sources(*PACKAGES))
    assert not problems, report(problems)


def test_importing_everything_writes_nothing_and_starts_nothing(tmp_path: Path) -> None:
    modules = [
        source.module
        for source in python_sources(*PACKAGES)
        if not source.module.startswith(PROGRAMS)
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(
        [sys.executable, "-c", _TRIAL, *modules],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_an_import_upwards_would_be_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "invented_house"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "upper.py").touch()
    (package / "lower.py").write_text("from invented_house import upper\n")
    configuration = tmp_path / "linter.toml"
    configuration.write_text(
        '[tool.importlinter]\nroot_package = "invented_house"\n'
        '[[tool.importlinter.contracts]]\nname = "down"\ntype = "layers"\n'
        'layers = ["upper", "lower"]\ncontainers = ["invented_house"]\n'
    )
    monkeypatch.syspath_prepend(tmp_path)
    passed, said = keeps_the_direction(configuration, capsys, monkeypatch)
    assert not passed
    assert "invented_house.lower is not allowed to import invented_house.upper" in said


def test_an_effect_of_importing_would_be_named() -> None:
    for text in ("print('hello')", "import sys\nsys.path.append('x')", "a.b = 1", "a['b'] = 1"):
        assert side_effects([example(text)]), text
    for text in (
        "a = make()\na.add(1)",
        "def a(): ...\nfor b in c:\n    a.add(b)",
        "a, b = 1, 2",
        "a: int = 1",
        "'docstring'",
    ):
        assert not side_effects([example(text)]), text


def test_a_silenced_unused_import_would_be_named() -> None:
    text = "import credit_site.web.pages  # " + "noqa: F401"
    assert imports_for_effect([example(text)])


def test_an_import_inside_a_function_would_be_named() -> None:
    (problem,) = late_imports([example("def f():\n    import os\n")])
    assert problem.startswith("credit_site/example.py:2: import inside f")
