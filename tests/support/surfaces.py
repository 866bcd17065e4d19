"""Every address of the site that the public can ask, taken from the route table itself."""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from gzip import decompress
from urllib.parse import unquote

import pyarrow.parquet
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from tests.support.papers import text_of_paper

BEHIND_THE_SIGN_IN = ("bureau.", "security.")
# Addresses that are there for giving something in; what they answer is not about records.
GIVING_IN = {
    "api.hand_in",
    "api.look_up",
    "api.submission",
    "looks.choose",
    "matters.own_letter",
    "matters.own_step",
    "matters.track",
    "matters.tip",
    "static",
}


@dataclass(frozen=True)
class Asked:
    """One question: endpoint, address, what is sent along where it is a POST, and the key."""

    endpoint: str
    address: str
    form: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    key: str = ""

    def put(self, client: FlaskClient) -> TestResponse:
        """Asks it."""
        headers = {"Accept-Encoding": "gzip"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        if self.body is not None:
            return client.post(self.address, json=self.body, headers=headers)
        if self.form:
            return client.post(self.address, data=dict(self.form), headers=headers)
        return client.get(self.address, headers=headers)

    @property
    def said(self) -> str:
        """Everything that stands in the question itself."""
        return f"{unquote(self.address)} {dict(self.form)} {self.body}"


def public_rules(app: Flask) -> Iterator[Rule]:
    """The rules of everything that is not behind the sign-in."""
    for rule in app.url_map.iter_rules():
        outside = not rule.endpoint.startswith(BEHIND_THE_SIGN_IN)
        if outside and rule.endpoint not in GIVING_IN:
            yield rule


def questions(app: Flask, values: Mapping[str, list[str]]) -> list[Asked]:
    """A GET for every public address, with every ending it has.

    ``values`` say what stands for a variable: by ``endpoint.variable`` or by ``variable``. Raises
    AssertionError for a variable nobody has said anything about: a new address joins by itself,
    or is told that it must.
    """
    return [
        Asked(rule.endpoint, address)
        for rule in public_rules(app)
        if "GET" in (rule.methods or set())
        for address in _addresses(rule, values)
    ]


def _addresses(rule: Rule, values: Mapping[str, list[str]]) -> Iterator[str]:
    names = sorted(rule.arguments)
    choices = [_choices(rule, name, values) for name in names]
    for chosen in itertools.product(*choices):
        built = rule.build(dict(zip(names, chosen, strict=True)))
        assert built is not None, rule.rule
        yield built[1]


def _choices(rule: Rule, name: str, values: Mapping[str, list[str]]) -> list[str]:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)
    found = values.get(f"{rule.endpoint}.{name}", values.get(name))
    assert found, f"say in tests/web/test_taking_back.py what stands for {name} of {rule.rule}"
    return found


def text_of_answer(answer: Response) -> str:
    """All that an answer says, headers too, unpacked: gzip, JSON escapes, XLSX, Parquet, PDF."""
    body = answer.get_data()
    if answer.headers.get("Content-Encoding") == "gzip":
        body = decompress(body)
    return f"{answer.status}\n{answer.headers}\n{unpacked(body)}"


def unpacked(body: bytes) -> str:
    """A file's text."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    if body.startswith(b"%PDF"):
        return text_of_paper(body)
    if body.startswith(b"PAR1"):
        return str(pyarrow.parquet.read_table(io.BytesIO(body)).to_pylist())
    text = body.decode("utf-8", "replace")
    return text + (_unescaped(text) if "\\u" in text else "")


def _unescaped(text: str) -> str:
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return ""
