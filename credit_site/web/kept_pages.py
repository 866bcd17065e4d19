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
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from flask import Flask, Response, current_app, g, request

from credit_site.extensions import clock, db
from credit_site.services.ledger import head
from credit_site.web.looks import look

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
_EXTENSION = "credit_site_kept_pages"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page, plain and packed (empty: not packed), and the strong tag of the plain bytes."""

    plain: bytes
    packed: bytes
    tag: str

    @classmethod
    def of(cls, plain: bytes, level: int) -> KeptPage:
        """Names a page by its SHA-256, and packs it; ``level`` 0: not."""
        packed = gzip.compress(plain, level, mtime=0) if level else b""
        return cls(plain, packed, hashlib.sha256(plain).hexdigest()[:32])

    @property
    def size(self) -> int:
        """Bytes it takes."""
        return len(self.plain) + len(self.packed)


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


def init_kept_pages(app: Flask) -> None:
    """Gives the application its memory of pages."""
    app.extensions[_EXTENSION] = PageMemory()
    app.before_request(answer_from_memory)
    app.after_request(tag_and_keep)


def answer_from_memory() -> Response | None:
    """The kept page of the present request, if there is one."""
    if request.endpoint not in STEADY or request.method not in ("GET", "HEAD"):
        return None
    newest = head(db.session())
    if newest.changed_at is None:
        return None
    # A digest: nobody's question is to be read in the memory of a process.
    asked = hashlib.sha256(request.full_path.encode()).digest()
    g.page_key = (asked, look(), newest.seq, newest.own_hash, clock.today())
    page = _memory().recall(g.page_key)
    if page is None:
        return None
    g.page_known = True
    return _sent(Response(mimetype="text/html"), page)


def tag_and_keep(response: Response) -> Response:
    """Gives a public page its tag and its coding, and keeps it if it is a steady one."""
    if g.get("page_known") or not _public_page(response):
        return response
    if "page_key" in g:
        page = KeptPage.of(response.get_data(), _KEPT_LEVEL)
        _memory().keep(g.page_key, page)
    else:
        page = KeptPage.of(response.get_data(), _PASSING_LEVEL if _takes_packed() else 0)
    return _sent(response, page)


def _public_page(response: Response) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and response.status_code == 200
        and response.mimetype == "text/html"
        and "Cache-Control" not in response.headers
        and "Set-Cookie" not in response.headers
    )


def _sent(response: Response, page: KeptPage) -> Response:
    packed = _takes_packed()
    response.set_data(page.packed if packed else page.plain)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{page.tag}-gzip" if packed else page.tag)
    # Kept by whoever likes, shown only after asking: what has ended must vanish at once.
    response.headers["Cache-Control"] = "public, no-cache"
    response.make_conditional(request)
    return response


def _takes_packed() -> bool:
    return request.accept_encodings.quality("gzip") > 0


def _memory() -> PageMemory:
    found = current_app.extensions[_EXTENSION]
    assert isinstance(found, PageMemory)
    return found
