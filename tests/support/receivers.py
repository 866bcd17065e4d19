"""Receivers of web hooks on this machine, for tests: they answer what they are told to."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast


@dataclass(frozen=True)
class Received:
    """A request as it came in."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def items(self) -> list[dict[str, Any]]:
        """The changes it tells."""
        found: list[dict[str, Any]] = json.loads(self.body)["data"]["items"]
        return found

    @property
    def id(self) -> str:
        """The message's id."""
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """What came in, and what is answered: one status after another, then 204."""

    port: int = 0
    scheme: str = "http"
    got: list[Received] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    free: threading.Event = field(default_factory=threading.Event)
    """While it is not set, answers wait."""
    arrived: threading.Event = field(default_factory=threading.Event)
    drips: bool = False
    """Answers a byte now and then, without an end."""

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hooks?of=us"

    @property
    def told(self) -> list[tuple[int, str]]:
        """Record and action of everything told, in the order it came in."""
        return [(one["id"], one["action"]) for got in self.got for one in got.items]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        receiver = cast("_Server", self.server).receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        receiver.got.append(Received(self.path, dict(self.headers), body))
        receiver.arrived.set()
        if receiver.drips:
            self._drip()
            return
        receiver.free.wait()
        self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
        for name, value in receiver.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _drip(self) -> None:
        pause = threading.Event()
        try:
            while not pause.wait(0.02):
                self.wfile.write(b"x")
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    receiver: Receiver

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hangs up in the middle is what some tests are about."""


@contextmanager
def receiving(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver, for as long as the test runs."""
    receiver = Receiver(scheme="https" if tls else "http")
    receiver.free.set()
    server = _Server(("127.0.0.1", 0), _Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    server.receiver, receiver.port = receiver, server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield receiver
    finally:
        receiver.free.set()
        server.shutdown()
        thread.join()
        server.server_close()
