"""The project's own files, as tests about the code base read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("credit_site", "search_index")
PYTHON_FOLDERS = (*PACKAGES, "scripts", "tests")
# Written by machines or by a run, and nobody's prose.
LEFT_OUT = {"__pycache__", "var", "node_modules", "vendor"}
VISIBLE_DOT_FOLDERS = {".ci", ".github"}
TEXT_ENDINGS = {
    "", ".cfg", ".conf", ".css", ".csv", ".html", ".ini", ".js", ".json", ".md", ".mako", ".py",
    ".service", ".sh", ".svg", ".toml", ".txt", ".xml", ".yaml", ".yml",
}  # fmt: skip

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """A Python file: its path from the top of the project, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """The dotted name the file is imported by."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def lines(self) -> int:
        """How long it is."""
        return len(self.text.splitlines())


def source_of(text: str, path: str = "credit_site/example.py") -> Source:
    """A source from its text, for examples in tests."""
    return Source(path, text, ast.parse(text))


@cache
def python_sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file below some folders of the project, all by default."""
    return tuple(
        source_of(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
        for folder in folders or PYTHON_FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not LEFT_OUT & set(path.parts)
    )


def text_files() -> Iterator[tuple[str, str]]:
    """Path and text of every file of the project that people write."""
    for path in sorted(_files(ROOT)):
        if path.suffix in TEXT_ENDINGS:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            hidden = path.name.startswith(".") and path.name not in VISIBLE_DOT_FOLDERS
            if not hidden and path.name not in LEFT_OUT:
                yield from _files(path)
        elif path.is_file() and path.name != ".venv.lock":
            yield path


def functions(tree: ast.Module) -> Iterator[FunctionNode]:
    """Every function and method of a file."""
    for node in ast.walk(tree):
        if isinstance(node, FunctionNode):
            yield node


def report(problems: list[str]) -> str:
    """Problems one to a line, as an assertion shows them."""
    return "\n" + "\n".join(problems)
