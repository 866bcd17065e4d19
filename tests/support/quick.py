"""What makes a site for tests quick to begin, and changes nothing that it does.

Every test has an application of its own. What is the same in each of them is made once: the code of
its routes and of its templates. Passwords are hashed cheaply, but where their price is tested.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

_Builder = Callable[..., tuple[str, str]]
_builders: dict[tuple[object, ...], _Builder] = {}


class QuickRule(Rule):
    """A rule whose builder of addresses is compiled once for all applications."""

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


def hurry(app: Flask) -> None:
    """Lets an application use what others before it have compiled, and hash cheaply."""
    app.jinja_env.bytecode_cache = _templates
    security: Any = app.extensions["security"]
    security.pwd_context.update(argon2__time_cost=1, argon2__memory_cost=8, argon2__parallelism=1)
