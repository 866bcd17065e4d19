"""The text of an entry: plain HTML that every reader shows, free of what XML forbids."""

from __future__ import annotations

import re
from html import escape

from credit_site.web.feeds.values import Fact, FeedItem

# Everything outside the Char production of XML 1.0; lone surrogates are among it.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return _FORBIDDEN.sub("", text)


def content_html(item: FeedItem) -> str:
    """Sentence and facts as HTML, unescaped for its carrier; builders escape it once more."""
    facts = "".join(map(_fact_html, item.facts))
    sentence = f"<p>{escape(item.sentence)}</p>"
    return clean(f"{sentence}<ul>{facts}</ul>" if facts else sentence)


def _fact_html(fact: Fact) -> str:
    text = escape(fact.text).replace("\n", "<br>")
    return f"<li><b>{escape(fact.label)}：</b>{text}</li>"
