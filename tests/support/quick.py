"""What makes a site for tests quick to begin, and changes nothing that it does.

Every test has an application of its own. What is the same in each of them is made once: the code of
its routes, of its templates and of its SQL. Passwords are hashed and second factors sealed cheaply,
but where their price is tested; no disk is waited for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from threading import Lock
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine, event
from sqlalchemy.util import LRUCache
from werkzeug.routing import Map, Rule, RuleFactory
from werkzeug.routing.matcher import StateMachineMatcher

_Table = tuple[StateMachineMatcher, dict[Any, list[Rule]]]
_tables: dict[object, _Table] = {}
_making = Lock()


class QuickMap(Map):
    """Routes that are bound and put in order when first asked for, once for all applications.

    An application nobody asks for a page never does it.
    """

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  # the library's
        self._waiting: list[Rule] = []
        self._settled = False
        super().__init__(*given, **named)

    def add(self, rulefactory: RuleFactory) -> None:
        assert not self._settled, "routes are complete before the first of them is asked for"
        self._waiting += rulefactory.get_rules(self)

    def update(self) -> None:
        if self._settled:
            return
        with _making:
            key = tuple(self.converters.items()), tuple(map(_said_of, self._waiting))
            if key not in _tables:
                for rule in self._waiting:
                    super().add(rule)
                super().update()
                _tables[key] = self._matcher, self._rules_by_endpoint
            self._matcher, self._rules_by_endpoint = _tables[key]
            self._settled = True


def _said_of(rule: Rule) -> tuple[object, ...]:
    """All that tells a rule from another, before it is bound."""
    said = {**vars(rule), "methods": frozenset(rule.methods or ()), "defaults": str(rule.defaults)}
    return tuple((name, value) for name, value in said.items() if name not in _MADE_BY_BINDING)


_MADE_BY_BINDING = {"map", "arguments", "_trace", "_converters", "_parts"}


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
