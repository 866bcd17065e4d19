"""Project files name no host but placeholders and official ones, and no person's number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.meta.sources import report, text_files
from tests.support.personal_numbers import CHECK_CHARACTERS, WEIGHTS, invented_id_number

# Hosts that may stand in a file, each for its reason; a leading dot means everything below.
HOSTS = {
    ".example": "reserved for examples (RFC 2606)",
    ".example.com": "reserved for examples (RFC 2606)",
    ".example.org": "reserved for examples (RFC 2606)",
    ".gov.cn": "where laws and notices are published",
    "www.w3.org": "names of XML and SVG vocabularies",
    "purl.org": "names of Dublin Core and RSS vocabularies",
    "jsonfeed.org": "name of the JSON Feed version",
    "www.rfc-editor.org": "where the standards of feeds stand",
    "json-schema.org": "name of the JSON Schema version",
    "spec.openapis.org": "name of the dialect of JSON Schema in OpenAPI 3.1",
    "schema.org": "name of a vocabulary",
    "www.sitemaps.org": "name of the sitemap vocabulary",
    "a9.com": "name of the OpenSearch vocabulary",
    "datapackage.org": "name of the Table Schema version",
    "spdx.org": "names of licences and checksums",
    "xmlns.com": "names of the FOAF vocabulary",
    "publications.europa.eu": "names of languages and frequencies in DCAT-AP",
    "www.iana.org": "names of media types",
    "creativecommons.org": "texts of licences",
    "scripts.sil.org": "the licence of the fonts",
    "www.adobe.com": "the holder of the rights in the fonts, as their licence wants him named",
    "specs.frictionlessdata.io": "name of the Table Schema version",
    "schemas.openxmlformats.org": "names of XLSX vocabularies",
    "purl.oclc.org": "names of strict XLSX vocabularies",
    "schemas.microsoft.com": "names of XLSX vocabularies",
    "127.0.0.1": "this machine",
    "localhost": "this machine",
    "[::1]": "this machine",
}
_ADDRESS = re.compile(r"\b[a-z][a-z+]{1,20}://(?:[^\s/@'\"]*@)?(\[[^\]]*\]|[^\s/:?#'\"<>)`\\,;|]*)")
# Addresses a program fills in, or that have no host.
_NO_HOST = re.compile(r"^$|[{}$%*…]|^host$")
_ID_CARD = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"(?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![0-9A-Za-z.])1[3-9]\d{9}(?![0-9A-Za-z.])")

TextFile = tuple[str, str]


def _allowed(host: str) -> bool:
    name = host.lower().rstrip(".")
    below = (f".{name}".endswith(allowed) for allowed in HOSTS if allowed.startswith("."))
    return name in HOSTS or any(below)


def strange_hosts(files: Iterable[TextFile]) -> list[str]:
    return [
        f"{path}:{number}: {match[1]}; use a .example name, or list the host with its reason in "
        "tests/meta/test_addresses_and_numbers.py"
        for path, text in files
        for number, line in enumerate(text.splitlines(), 1)
        for match in _ADDRESS.finditer(line)
        if not _NO_HOST.search(match[1]) and not _allowed(match[1])
    ]


def _has_check_character(number: str) -> bool:
    total = sum(int(d) * w for d, w in zip(number[:17], WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11] == number[17].upper()


def personal_numbers(files: Iterable[TextFile]) -> list[str]:
    """Where a number stands that could be a person's; the number itself is not repeated."""
    problems = []
    for path, text in files:
        for number, line in enumerate(text.splitlines(), 1):
            cards = any(_has_check_character(found) for found in _ID_CARD.findall(line))
            if cards or _MOBILE.search(line):
                problems.append(
                    f"{path}:{number}: looks like a person's number; make it at run time with "
                    "tests.support.personal_numbers"
                )
    return problems


def test_files_name_only_placeholder_and_official_hosts() -> None:
    problems = strange_hosts(text_files())
    assert not problems, report(problems)


def test_files_hold_no_number_that_could_be_a_persons() -> None:
    problems = personal_numbers(text_files())
    assert not problems, report(problems)


def test_a_strange_host_would_be_named() -> None:
    for host in ("registry.invented-mirror.dev", "10.1.2.3", "example.net"):
        (problem,) = strange_hosts([("README.md", f"see\n[x](https://{host}/simple)")])
        assert problem.startswith(f"README.md:2: {host};")


def test_a_placeholder_an_official_host_and_a_path_would_pass() -> None:
    for address in (
        "https://credit.example/feeds/",
        "https://www.zhengzhou.gov.cn/x",
        "http://127.0.0.1:8000",
        "sqlite:///var/site.sqlite3",
        "postgresql+psycopg://postgres@/postgres",
        "https://{host}/",
        "http://$host",
    ):
        assert not strange_hosts([("README.md", address)]), address


def test_a_number_of_a_person_would_be_named_and_not_repeated() -> None:
    number = invented_id_number()
    (problem,) = personal_numbers([("README.md", f"x\nnumber {number}.")])
    assert problem.startswith("README.md:2: looks like a person's number")
    assert number not in problem


def test_a_credit_code_would_not_be_taken_for_a_persons_number() -> None:
    assert not personal_numbers([("README.md", "91410100341656665H 914101023172154804")])


def test_a_mobile_number_would_be_named() -> None:
    assert personal_numbers([("README.md", "call " + "139" + "0000" + "0000")])
