"""Pages a process has made and still knows, answered again as long as nothing has changed.

A page of ``STEADY`` follows from its address, the look, the ledger and the day alone. So it is kept
under all four: one entry more in the ledger, or midnight, and nothing kept before is found again.
Whatever ends is an entry or a new day: nothing that has ended can come from here. Every other
public page has a strong tag of its bytes, and is sent again only where they differ.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from sqlalchemy import Engine
from werkzeug.http import parse_cookie

from credit_site.extensions import Clock, db
from credit_site.services.ledger import Mark, newest_mark
from credit_site.web.looks import COOKIE, look_of
from credit_site.web.varying import vary_on

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STEADY = frozenset(
    {
        "home.home", "home.about", "records.show", "companies.show",
        "agencies.index", "agencies.show", "rules.index", "rules.show", "rules.register",
        "rules.layout", "ledger.index", "ledger.show", "help.index", "help.citizens",
        "help.clerks", "help.glossary", "help.search", "help.verify", "help.web_hooks",
    }
)  # fmt: skip
"""Pages that follow from address, look, ledger and day, and from nothing else."""
MOST_BYTES = 16 * 1024 * 1024
_KEPT_LEVEL, _PASSING_LEVEL = 6, 2
"""How hard gzip works on what is kept, and on what is sent once."""
_OF_BODIES = frozenset({"Content-Type", "Content-Length", "Content-Encoding"})
_KEY: ContextVar[Hashable | None] = ContextVar("page_key", default=None)
"""Under what the page of the present request is to be kept, from before it was made."""
_EXTENSION = "credit_site_kept_pages"
MARK = "credit_site.ledger_mark"
"""Where a request's environment has the newest ledger entry's mark; None: the ledger is empty."""
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer as it is sent: body, tag as its header has it, all headers."""

    body: bytes
    tag: str
    headers: Headers

    @property
    def size(self) -> int:
        """Bytes it takes, roughly."""
        return len(self.body) + 2_000


class PageMemory:
    """The pages used last, at most ``most_bytes`` of them; safe to use from any thread."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._bytes, self._lock = most_bytes, 0, Lock()
        self._known: OrderedDict[Hashable, KeptPage] = OrderedDict()

    def recall(self, key: Hashable) -> KeptPage | None:
        """The page that was kept under just this key."""
        with self._lock:
            page = self._known.get(key)
            if page is not None:
                self._known.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: KeptPage) -> None:
        """Remembers a page, and forgets those used longest ago where there is no room."""
        with self._lock:
            known = self._known.pop(key, None)
            self._known[key] = page
            self._bytes += page.size - (known.size if known else 0)
            while self._bytes > self._most:
                self._bytes -= self._known.popitem(last=False)[1].size


class KeptPages:
    """Stands before the application and answers what is known without it."""

    def __init__(self, app: Flask, inner: WSGIApplication, memory: PageMemory) -> None:
        self._app, self._inner, self.memory = app, inner, memory

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """The kept page, or 304 for whoever has it; what is not known the application answers."""
        _KEY.set(None)
        if environ["REQUEST_METHOD"] != "GET" or "/bureau/" in environ.get("PATH_INFO", ""):
            return self._inner(environ, start)
        environ[MARK] = mark = newest_mark(self._engine)
        key = None if mark is None else self._key(environ, mark)
        page = None if key is None else self.memory.recall(key)
        if page is None:
            _KEY.set(key)
            return self._inner(environ, start)
        if environ.get("HTTP_IF_NONE_MATCH") == page.tag:
            start("304 NOT MODIFIED", [h for h in page.headers if h[0] not in _OF_BODIES])
            return [b""]
        start("200 OK", list(page.headers))
        return [page.body]

    @cached_property
    def _engine(self) -> Engine:
        with self._app.app_context():
            return db.engine

    def _key(self, environ: WSGIEnvironment, mark: Mark) -> Hashable:
        """All that a steady page follows from.

        The address is a digest: nobody's question is to be read in the memory of a process.
        """
        asked = f"{environ.get('PATH_INFO', '')}?{environ.get('QUERY_STRING', '')}"
        cookies = environ.get("HTTP_COOKIE", "")
        worn = look_of(parse_cookie(cookies)) if f"{COOKIE}=" in cookies else look_of({})
        clock: Clock = self._app.extensions["credit_site_clock"]
        coding = environ.get("HTTP_ACCEPT_ENCODING", "")
        return hashlib.sha256(asked.encode()).digest(), worn, coding, mark, clock.today()


def init_kept_pages(app: Flask) -> None:
    """Puts the memory of pages before the application."""
    kept = KeptPages(app, app.wsgi_app, PageMemory())
    app.extensions[_EXTENSION] = kept.memory
    app.wsgi_app = kept  # type: ignore[method-assign, assignment]  # Flask's documented way
    app.after_request(_tagging(kept.memory))


def _tagging(memory: PageMemory) -> Callable[[Response], Response]:
    def tag_and_keep(response: Response) -> Response:
        """Gives a public page its tag and its coding, and keeps it if it is a steady one."""
        if not _public_page(response):
            return response
        key = _KEY.get() if request.endpoint in STEADY else None
        _dress(response, _KEPT_LEVEL if key else _PASSING_LEVEL)
        if key is not None:
            headers = tuple(response.headers.items())
            memory.keep(key, KeptPage(response.get_data(), response.headers["ETag"], headers))
        if "If-None-Match" in request.headers:
            response.make_conditional(request)
        return response

    return tag_and_keep


def _public_page(response: Response) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and response.status_code == 200
        and response.mimetype == "text/html"
        and "Cache-Control" not in response.headers
        and "Set-Cookie" not in response.headers
    )


def _dress(response: Response, level: int) -> None:
    """Names a page by its SHA-256 and packs it where that is wanted."""
    body = response.get_data()
    tag = hashlib.sha256(body).hexdigest()[:32]
    coding = request.environ.get("HTTP_ACCEPT_ENCODING", "")
    if "gzip" in coding and request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(body, level, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        tag += "-gzip"
    vary_on(response, "Accept-Encoding")
    response.set_etag(tag)
    # Kept by whoever likes, shown only after asking: what has ended must vanish at once.
    response.headers["Cache-Control"] = "public, no-cache"
