"""A client that parses every page it fetches and finds fault with its HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from html5lib.treebuilders import getTreeBuilder
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

SITE = "https://credit.example"
FRAMED = "/embed/agencies/"
"""Below it stands what other sites may show in a frame, and nothing else does."""
DATA_BLOCK = "application/ld+json"
_FIELDS = {"input", "select", "textarea"}
_NAMED = {"a", "button", "summary", "th", "caption", "option", "label", "h1", "h2", "h3"}
_LOADED = {"src", "srcset", "data", "poster", "action", "formaction", "background"}
_HEADINGS = {"h1", "h2", "h3", "h4"}


@dataclass(frozen=True)
class Page:
    """A page that was fetched: its path, status, HTML and parsed tree."""

    path: str
    status: int
    html: str
    tree: Element

    @property
    def main(self) -> str:
        """The text of the main part, blanks made one."""
        return text_of(self.one("main"))

    @property
    def heading(self) -> str:
        """The text of the one h1."""
        return text_of(self.one("h1"))

    @property
    def title(self) -> str:
        """The title in the browser's tab."""
        return text_of(self.one("title"))

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements by tag and attributes; ``class_`` is one of the classes."""
        wanted = attributes.pop("class_", "")
        return [
            element
            for element in self.tree.iter(tag)
            if all(element.get(name) == value for name, value in attributes.items())
            and (not wanted or wanted in element.get("class", "").split())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """Texts of such elements."""
        return [text_of(element) for element in self.all(tag, **attributes)]

    def rows(self) -> list[list[str]]:
        """Cell texts of every table's rows, heads left out."""
        rows = [
            [text_of(cell) for cell in row] for row in self.all("tr") if row.find("td") is not None
        ]
        return [row for row in rows if row]

    def link(self, text: str) -> str:
        """Where the first link with this text leads to."""
        return next(a.get("href", "") for a in self.all("a") if text_of(a) == text)

    def links(self) -> Iterator[str]:
        """Internal addresses the page leads to, without fragments."""
        for element in self.tree.iter():
            for name in ("href", "src", "action"):
                if (value := element.get(name)) is not None:
                    yield internal(urljoin(SITE + self.path, value))


@dataclass(frozen=True)
class CheckingClient:
    """Fetches pages; each is checked as HTML before a test sees it."""

    client: FlaskClient

    def get(self, path: str, status: int = 200) -> Page:
        """The page, which must have this status, sound HTML and the security headers."""
        with self.client.get(path) as response:
            assert response.status_code == status, f"{path}: {response.status}"
            return checked(path, response)


def checked(path: str, response: Response) -> Page:
    """The page in an answer, after its HTML and headers were found sound."""
    assert response.content_type == "text/html; charset=utf-8", path
    assert_safe_headers(response.headers, framed=path.startswith(FRAMED))
    page = parse(path, response.get_data(as_text=True), response.status_code)
    problems = faults(page)
    assert not problems, f"{path}:\n" + "\n".join(problems)
    return page


def assert_safe_headers(headers: Headers, framed: bool = False) -> None:
    """The headers that every answer carries; only what is ``framed`` others may frame."""
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers.get("X-Frame-Options") == (None if framed else "DENY")
    ancestors = "frame-ancestors *" if framed else "frame-ancestors 'none'"
    assert ancestors in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"


def parse(path: str, html: str, status: int = 200) -> Page:
    """Parses strictly: any error of HTML's grammar raises."""
    builder = getTreeBuilder("etree")
    parser = html5lib.HTMLParser(builder, strict=True, namespaceHTMLElements=False)
    return Page(path, status, html, parser.parse(html))


def text_of(element: Element) -> str:
    """An element's text, blanks made one."""
    return " ".join("".join(element.itertext()).split())


def internal(address: str) -> str:
    """Path and query of an address of this site; other addresses as they are."""
    plain = urldefrag(address).url
    parts = urlsplit(plain)
    if f"{parts.scheme}://{parts.netloc}" != SITE:
        return plain
    return parts.path + (f"?{parts.query}" if parts.query else "")


def faults(page: Page) -> list[str]:
    """Everything wrong with a page's HTML beyond its grammar."""
    checks = (_outline, _identifiers, _names, _labels, _inline, _foreign, _tables)
    return [problem for check in checks for problem in check(page)]


def _outline(page: Page) -> Iterator[str]:
    root = page.one("html")
    if root.get("lang") != "zh-CN":
        yield "html without lang=zh-CN"
    for tag in ("h1", "main", "title"):
        if len(page.all(tag)) != 1:
            yield f"{len(page.all(tag))} × {tag}"
    if any(not text for text in page.texts("title")):
        yield "an empty title"
    if not page.all("meta", name="viewport"):
        yield "no viewport for the phone"
    yield from _levels(page)


def _levels(page: Page) -> Iterator[str]:
    level = 0
    headings = (e for main in page.all("main") for e in main.iter() if e.tag in _HEADINGS)
    for element in headings:
        found = int(element.tag[1])
        if found > level + 1:
            yield f"{element.tag} “{text_of(element)}” follows level {level}"
        level = found


def _identifiers(page: Page) -> Iterator[str]:
    counts = Counter(element.get("id") for element in page.tree.iter() if element.get("id"))
    yield from (f"id {name} stands {count} times" for name, count in counts.items() if count > 1)
    for element in page.tree.iter():
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for wanted in element.get(name, "").split():
                if wanted not in counts:
                    yield f"{name}={wanted} points nowhere"
        target = element.get("href", "")
        if element.tag == "a" and target.startswith("#") and target[1:] not in counts:
            yield f"a link to {target} points nowhere"


def _names(page: Page) -> Iterator[str]:
    for element in page.tree.iter():
        silent = not text_of(element) and not element.get("aria-label")
        if element.tag in _NAMED and silent:
            yield f"an empty {element.tag}"
        if element.tag == "img" and element.get("alt") is None:
            yield "img without alt"
        if element.tag == "iframe" and not element.get("title"):
            yield "iframe without title"
        if element.tag == "nav" and not _labelled(element):
            yield "nav without a name"


def _labels(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label")}
    for element in page.tree.iter():
        if element.tag not in _FIELDS or element.get("type") == "hidden":
            continue
        if element.get("id") not in labelled and not _labelled(element):
            yield f"{element.tag} {element.get('name')} without a label"


def _labelled(element: Element) -> bool:
    return bool(element.get("aria-label") or element.get("aria-labelledby"))


def _inline(page: Page) -> Iterator[str]:
    for element in page.tree.iter():
        if element.tag == "style" or (element.tag == "script" and _is_code(element)):
            yield f"an inline {element.tag}"
        for name, value in element.attrib.items():
            if str(name).startswith("on") or name == "style" or value.startswith("javascript:"):
                yield f"{element.tag} {name}={value}"


def _is_code(script: Element) -> bool:
    """Whether it would be run from within the page; a data block is not (HTML, 4.12.1)."""
    return script.get("src") is None and script.get("type") != DATA_BLOCK


def _foreign(page: Page) -> Iterator[str]:
    for element in page.tree.iter():
        for name, value in element.attrib.items():
            loaded = name in _LOADED or (name == "href" and element.tag in {"a", "link"})
            if loaded and not internal(urljoin(SITE + page.path, value)).startswith("/"):
                yield f"{element.tag} {name} leads outside: {value}"


def _tables(page: Page) -> Iterator[str]:
    for table in page.all("table"):
        if table.find("caption") is None:
            yield "a table without a caption"
        if any(head.get("scope") is None for head in table.iter("th")):
            yield "th without scope"
