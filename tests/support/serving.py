"""A site of a test on the loopback, for programs that ask over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask
from werkzeug.serving import make_server


@dataclass
class Served:
    """The site on the loopback; ``at`` says what happens when the n-th call comes in."""

    app: Flask
    port: int = 0
    calls: int = 0
    at: dict[int, Callable[[], None]] = field(default_factory=dict)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.calls += 1
        self.at.pop(self.calls, lambda: None)()
        return self.app(environ, start)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def next_call(self, deed: Callable[[], None], later: int = 1) -> None:
        """Does something when the next call comes in, or one later than that."""
        self.at[self.calls + later] = deed


@contextmanager
def serving(app: Flask) -> Iterator[Served]:
    """Serves it on a free port until the end of the block."""
    served = Served(app)
    server = make_server("127.0.0.1", 0, served, threaded=True)
    server.log = lambda *_arguments: None  # type: ignore[method-assign]
    served.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
