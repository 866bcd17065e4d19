"""What makes a site for tests quick to begin, and changes nothing that it does.

Every test has an application of its own. What is the same in each of them is made once: the code of
its routes, of its templates and of its SQL. Passwords are hashed and second factors sealed cheaply,
but where their price is tested; no disk is waited for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine, event
from sqlalchemy.util import LRUCache
from werkzeug.routing import BaseConverter, Rule
from werkzeug.routing.rules import RulePart

_Builder = Callable[..., tuple[str, str]]
_Parsed = tuple[list[RulePart], list[tuple[bool, str]], dict[str, BaseConverter]]
_builders: dict[tuple[object, ...], _Builder] = {}
_parsed: dict[tuple[object, ...], _Parsed] = {}


class QuickRule(Rule):
    """A rule that is parsed, and its builder of addresses compiled, once for all applications."""

    def _parse_rule(self, rule: str) -> Iterable[RulePart]:
        assert self.map is not None
        key = (rule, *self.map.converters.values())
        if key not in _parsed:
            before = len(self._trace)
            parts = list(super()._parse_rule(rule))
            _parsed[key] = parts, self._trace[before:], self._converters
            return parts
        parts, trace, converters = _parsed[key]
        self._trace += trace
        self._converters = dict(converters)
        self.arguments.update(converters)
        return parts

    def _compile_builder(self, append_unknown: bool = True) -> _Builder:
        key = (self.rule, str(self.defaults), tuple(self._trace), append_unknown)
        if key not in _builders:
            _builders[key] = super()._compile_builder(append_unknown)
        return _builders[key]


class _Templates(BytecodeCache):
    """Templates compiled by any application of this process."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._compiled[bucket.key, bucket.checksum] = bucket.code


_templates = _Templates()


_dialects: dict[str, Dialect] = {}
_statements: LRUCache[Any, Any] = LRUCache(10_000)


def share_statements(engine: Engine) -> None:
    """Lets a database use what SQL was written for others of its kind: it goes by the dialect."""
    engine._compiled_cache = _statements
    engine.dialect = _dialects.get(engine.driver, engine.dialect)


def keep_dialect(engine: Engine) -> None:
    """Keeps the dialect for others, once it knows its server."""
    if getattr(engine.dialect, "server_version_info", None):
        _dialects.setdefault(engine.driver, engine.dialect)


def _wait_for_no_disk(connection: object, _record: object) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.execute("PRAGMA synchronous=OFF").close()


def hurry(app: Flask, engines: Iterable[Engine]) -> None:
    """Lets an application use what others before it have made, and be careless of costs."""
    app.jinja_env.bytecode_cache = _templates
    security: Any = app.extensions["security"]
    security.pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
    security.totp_factory._totp.wallet.encrypt_cost = 1
    for engine in engines:
        share_statements(engine)
        if engine.name == "sqlite":
            event.listen(engine, "connect", _wait_for_no_disk)
