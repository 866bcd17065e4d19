"""What a page is about, for machines: schema.org as JSON-LD, and never more than the page says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson
from markupsafe import Markup

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Agency, ListDefinition
from credit_site.domain.subjects import NATURAL_PERSON
from credit_site.extensions import CITY_TIME
from credit_site.services.public_records import PublicRecord
from credit_site.web.presenters.records import DISPUTED, RecordWords

CONTEXT = "https://schema.org"
LANGUAGE = "zh-CN"
INVENTED = "演示数据"
Node = dict[str, JsonValue]
# Inside a script element nothing may look like markup (HTML, 4.12.1.3).
_ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Crumb(NamedTuple):
    """A page above this one: its path and what it is called."""

    href: str
    text: str


class Download(NamedTuple):
    """A file that holds the same: its path and media type."""

    href: str
    type: str


@dataclass(frozen=True, slots=True)
class Site:
    """Address (no slash at its end) and name; ``invented``: what it holds is for demonstration."""

    url: str
    name: str
    invented: bool


def script_text(nodes: Sequence[Node]) -> Markup:
    """The content of the page's one data block."""
    text = orjson.dumps({"@context": CONTEXT, "@graph": nodes}).decode()
    for sign, escaped in _ESCAPES.items():  # of Chinese text str.translate makes heavy weather
        text = text.replace(sign, escaped)
    return Markup(text)  # noqa: S704  # no sign of markup is left in it


def website(site: Site) -> Node:
    """The site with its search."""
    return {
        "@type": "WebSite",
        "@id": f"{site.url}/",
        "url": f"{site.url}/",
        "name": site.name,
        "inLanguage": LANGUAGE,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{site.url}/search?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
        **_status("creativeWorkStatus", site),
    }


def breadcrumbs(site: Site, crumbs: Iterable[Crumb], path: str, title: str) -> Node:
    """From the first page to this one, which is called ``title``."""
    trail = [Crumb("/", "首页"), *crumbs, Crumb(path, title)]
    items: list[JsonValue] = [
        {"@type": "ListItem", "position": number, "name": text, "item": site.url + href}
        for number, (href, text) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def bureau(site: Site, agency: Agency) -> Node:
    """A bureau; a code that was invented for it is not passed on."""
    node: Node = {
        "@type": "GovernmentOrganization",
        "name": agency.name,
        "url": f"{site.url}/agencies/{agency.slug}",
    }
    if agency.aliases:
        node["alternateName"] = list(agency.aliases)
    if agency.uscc and not agency.uscc_invented:
        node["identifier"] = _uscc(agency.uscc)
    return node


def company(site: Site, uscc: str, name: str, former: Sequence[str]) -> Node:
    """The subject behind a code, under the name it goes by now."""
    node: Node = {
        "@type": "Organization",
        "name": name,
        "url": f"{site.url}/companies/{uscc}",
        "identifier": _uscc(uscc),
        **_status("disambiguatingDescription", site),
    }
    if former:
        node["alternateName"] = list(former)
    return node


def report(site: Site, record: PublicRecord, title: str, say: RecordWords) -> Node:
    """A record as a document about its subject; ``title`` is the page's."""
    url = f"{site.url}/records/{record.id}"
    states = [*([INVENTED] if site.invented else []), *([DISPUTED] if record.disputed else [])]
    node: dict[str, JsonValue | None] = {
        "@type": "Report",
        "@id": url,
        "url": url,
        "name": title,
        "description": say.sentence(record),
        "reportNumber": record.document_number or None,
        "genre": say.kind(record),
        "identifier": _property("公示编号", str(record.id)),
        "inLanguage": LANGUAGE,
        "dateCreated": record.decided_on.isoformat() if record.decided_on else None,
        "datePublished": record.published_at.astimezone(CITY_TIME).date().isoformat(),
        "dateModified": _modified(record),
        "expires": record.publication_end.isoformat() if record.publication_end else None,
        "author": {"@type": "GovernmentOrganization", "name": say.deciding_agency(record)},
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": say.names.agency(record.agency),
            "url": f"{site.url}/agencies/{record.agency}",
        },
        "about": _subject(site, record),
        "isPartOf": {"@type": "WebSite", "name": site.name, "url": f"{site.url}/"},
        "creativeWorkStatus": states or None,
    }
    return {name: value for name, value in node.items() if value is not None}


def dataset(site: Site, definition: ListDefinition, downloads: Iterable[Download]) -> Node:
    """A list as a set of data, with the files that hold it."""
    return {
        **_dataset(site, definition),
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": site.name, "url": f"{site.url}/"},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": type_, "contentUrl": site.url + href}
            for href, type_ in downloads
        ],
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": site.name,
            "url": f"{site.url}/lists/",
        },
        **_status("creativeWorkStatus", site),
    }


def catalogue(site: Site, definitions: Iterable[ListDefinition]) -> Node:
    """All lists."""
    return {
        "@type": "DataCatalog",
        "name": site.name,
        "url": f"{site.url}/lists/",
        "dataset": [_dataset(site, definition) for definition in definitions],
        **_status("creativeWorkStatus", site),
    }


def _dataset(site: Site, definition: ListDefinition) -> Node:
    return {
        "@type": "Dataset",
        "name": definition.name,
        "description": definition.description,
        "url": f"{site.url}/lists/{definition.slug}",
    }


def _subject(site: Site, record: PublicRecord) -> Node:
    """A natural person has the masked name alone."""
    if record.subject_kind == NATURAL_PERSON:
        return {"@type": "Person", "name": record.subject_name}
    node: Node = {"@type": "Organization", "name": record.subject_name}
    if record.uscc:
        node["url"] = f"{site.url}/companies/{record.uscc}"
        node["identifier"] = _uscc(record.uscc)
    return node


def _modified(record: PublicRecord) -> str | None:
    if record.revision <= 1:
        return None
    return record.updated_at.astimezone(CITY_TIME).date().isoformat()


def _status(name: str, site: Site) -> Node:
    return {name: INVENTED} if site.invented else {}


def _uscc(code: str) -> Node:
    return _property("统一社会信用代码", code)


def _property(name: str, value: str) -> Node:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}
