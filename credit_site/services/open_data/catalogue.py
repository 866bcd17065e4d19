"""The catalogue that data portals harvest: DCAT 3 as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Register
from credit_site.services.open_data.descriptions import JsonObject, Publication
from credit_site.services.open_data.forms import FORMS, Form
from credit_site.services.open_data.manifest import Snapshot, WrittenFile

_CONTEXT: JsonObject = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"
_CHINESE = "http://publications.europa.eu/resource/authority/language/ZHO"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


def catalogue(whose: Publication, snapshot: Snapshot | None) -> JsonObject:
    """Every register as a dataset with its current files; the snapshot's vouch for their bytes."""
    home = f"{whose.site}/data/"
    return {
        "@context": _CONTEXT,
        "@id": f"{home}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _chinese(f"{whose.name}开放数据"),
        "dct:description": _chinese("行政处罚、失信名单等公示信息的整份数据和每日变动。"),
        "dct:language": {"@id": _CHINESE},
        "dct:license": {"@id": whose.terms.licence_url},
        "dct:publisher": _publisher(whose),
        "foaf:homepage": {"@id": home},
        **_modified(whose),
        "dcat:dataset": [
            _dataset(whose, register, snapshot) for register in whose.rulebook.registers.values()
        ],
    }


def _dataset(whose: Publication, register: Register, snapshot: Snapshot | None) -> JsonObject:
    address = f"{whose.site}/data/{register.name}"
    current = [_current(whose, address, form) for form in FORMS.values()]
    return {
        "@id": f"{address}#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": register.name,
        "dct:title": _chinese(register.title),
        "dct:description": _chinese(whose.about(register)),
        "dct:language": {"@id": _CHINESE},
        "dct:license": {"@id": whose.terms.licence_url},
        "dct:publisher": _publisher(whose),
        "dct:accrualPeriodicity": {"@id": _DAILY},
        "dct:conformsTo": {"@id": f"{address}/schema.json"},
        "dcat:keyword": [_chinese(word) for word in ("公共信用", "信息公示", register.title)],
        "dcat:landingPage": {"@id": f"{whose.site}/data/"},
        **_modified(whose),
        "dcat:distribution": [*current, *_dated(whose, register, snapshot)],
    }


def _current(whose: Publication, address: str, form: Form) -> JsonObject:
    return _distribution(whose, f"{address}.{form.ending}", form, form.title)


def _dated(
    whose: Publication, register: Register, snapshot: Snapshot | None
) -> Iterator[JsonObject]:
    if snapshot is None or snapshot.withdrawn is not None:
        return
    for part in snapshot.registers:
        if part.name == register.name:
            yield from (_dated_file(whose, snapshot, file) for file in part.files)


def _dated_file(whose: Publication, snapshot: Snapshot, file: WrittenFile) -> JsonObject:
    form = FORMS[file.form]
    address = f"{whose.site}/data/snapshots/{snapshot.day}/{file.name}"
    return {
        **_distribution(whose, address, form, f"{form.title}，{snapshot.day} 快照"),
        "dcat:byteSize": {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _distribution(whose: Publication, address: str, form: Form, title: str) -> JsonObject:
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _chinese(title),
        "dct:license": {"@id": whose.terms.licence_url},
        "dcat:accessURL": {"@id": f"{whose.site}/data/"},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"{_MEDIA_TYPES}{form.media_type}"},
    }


def _publisher(whose: Publication) -> JsonObject:
    return {
        "@id": f"{whose.site}/#publisher",
        "@type": "foaf:Agent",
        "foaf:name": _chinese(whose.name),
    }


def _modified(whose: Publication) -> JsonObject:
    if whose.moment is None:
        return {}
    return {"dct:modified": {"@value": whose.moment.isoformat(), "@type": "xsd:dateTime"}}


def _chinese(text: str) -> JsonValue:
    return {"@value": text, "@language": "zh-CN"}
