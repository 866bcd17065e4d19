"""Large answers: sent as they are made, a few at a time in each process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, stream_with_context
from werkzeug.exceptions import ServiceUnavailable

from credit_site.services.open_data.forms import Form, Stream
from credit_site.web.spoken import Spoken

AT_ONCE = 2
"""Large answers at the same time in one process; its other threads are for pages."""
_COME_AGAIN_SECONDS = 30
_PLACE = "credit_site_turns"


class InContext:
    """A stream read within the request's context; closed with it, though it was never begun.

    Whoever asks for the head of an answer never begins its body.
    """

    def __init__(self, stream: Stream[Any]) -> None:
        self._stream, self._parts = stream, stream_with_context(stream)

    def __iter__(self) -> Iterator[bytes]:
        return self._parts

    def close(self) -> None:
        """Lets go of everything held for the stream."""
        try:
            self._parts.close()  # type: ignore[attr-defined]  # a generator
        finally:
            self._stream.close()


class DownloadsBusy(ServiceUnavailable, Spoken):
    """So many large answers are on their way that this one has to wait."""

    title = "下载的人较多"
    description = (
        "同时只发送几份下载，现在都占着。请过半分钟再点一次；查询、订阅和其他页面不受影响。"
    )

    def __init__(self) -> None:
        super().__init__(retry_after=_COME_AGAIN_SECONDS)


class Turns:
    """Lets so many large answers go out at a time."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._free = threading.BoundedSemaphore(at_once)

    def take(self) -> Callable[[], None]:
        """Takes a turn; what it returns gives it back. Raises DownloadsBusy."""
        if not self._free.acquire(blocking=False):
            raise DownloadsBusy
        return self._free.release


def init_streams(app: Flask) -> None:
    """Gives the application its turns."""
    app.extensions[_PLACE] = Turns()


def turns() -> Turns:
    """The turns of the running application."""
    found = current_app.extensions[_PLACE]
    assert isinstance(found, Turns)
    return found


def sent(stream: Iterable[bytes], form: Form, name: str) -> Response:
    """The answer that sends a stream as a file to be kept under a name, and closes it."""
    charset = "; charset=utf-8" if form.media_type.startswith("text/") else ""
    # Passed through as it is: otherwise the framework gathers it all to know its length.
    response = Response(stream, content_type=form.media_type + charset, direct_passthrough=True)
    return attached(response, name)


def attached(response: Response, name: str, said: str = "") -> Response:
    """A download that any site may fetch, and that is asked for anew each time.

    ``name`` is ASCII; ``said`` is what the file is called wherever Chinese names are understood.
    """
    more = f"; filename*=UTF-8''{quote(said)}" if said else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"{more}'
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
