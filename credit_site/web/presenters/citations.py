"""How a record is cited: in words after GB/T 7714, for BibTeX, as CSL-JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import orjson

from credit_site.domain.public_form import JsonValue
from credit_site.services.public_records import PublicRecord
from credit_site.web.presenters.records import RecordWords

# Characters that TeX takes for commands; a backslash first, or those put in would be doubled.
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "{}%&#$_"},
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What every form says; nothing of it is more than the record's page shows."""

    id: int
    agency: str
    title: str
    kind: str
    decided_on: date | None
    site: str
    url: str
    revision: int
    cited_on: date

    @property
    def text(self) -> str:
        """机关. 文号[行政处罚决定]. 日期. 网站, 永久链接, 引用日期."""
        return " ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        yield f"{self.agency}."
        yield f"{self.title}[{self.kind}]."
        if self.decided_on:
            yield f"{self.decided_on.isoformat()}."
        yield f"{self.site}, {self.url}, 引用日期 {self.cited_on.isoformat()}."


def citation_of(
    record: PublicRecord, say: RecordWords, site: str, address: str, today: date
) -> Citation:
    """A record's citation; ``site`` is the site's name, ``address`` its own without a slash."""
    return Citation(
        id=record.id,
        agency=say.deciding_agency(record),
        title=record.document_number or record.subject_name,
        kind=_kind(record, say),
        decided_on=record.decided_on,
        site=site,
        url=f"{address}/records/{record.id}",
        revision=record.revision,
        cited_on=today,
    )


def bibtex(citation: Citation) -> str:
    """An entry for BibLaTeX and BibTeX, UTF-8."""
    day = citation.decided_on
    fields = {
        "author": f"{{{_tex(citation.agency)}}}",
        "title": f"{{{_tex(citation.title)}}}",
        "howpublished": _tex(citation.kind),
        "date": day.isoformat() if day else "",
        "year": str(day.year) if day else "",
        "organization": _tex(citation.site),
        "url": citation.url,
        "urldate": citation.cited_on.isoformat(),
        "version": str(citation.revision),
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{record-{citation.id},", *lines, "}", ""])


def csl_json(citation: Citation) -> bytes:
    """A list with one item (Citation Style Language, data schema 1.0), UTF-8."""
    item: dict[str, JsonValue] = {
        "id": f"record-{citation.id}",
        "type": "document",
        "author": [{"literal": citation.agency}],
        "title": citation.title,
        "genre": citation.kind,
        "container-title": citation.site,
        "URL": citation.url,
        "accessed": _parts_of(citation.cited_on),
        "version": str(citation.revision),
        "language": "zh-CN",
    }
    if citation.decided_on:
        item["issued"] = _parts_of(citation.decided_on)
    return orjson.dumps([item], option=orjson.OPT_INDENT_2)


def _kind(record: PublicRecord, say: RecordWords) -> str:
    if record.list_name:
        return f"列入{say.names.list_name(record.list_name)}"
    return f"{say.names.register(record.register)}决定"


def _parts_of(day: date) -> JsonValue:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in " ".join(text.split()))
