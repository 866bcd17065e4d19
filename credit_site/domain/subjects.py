"""Whom a record is about: what kind of subject, and what it is known by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from credit_site.domain.cells import Value

LEGAL_PERSON = "legal_person"
SOLE_PROPRIETOR = "sole_proprietor"
NATURAL_PERSON = "natural_person"

_KINDS = {
    "法人及非法人组织": LEGAL_PERSON,
    "个体工商户": SOLE_PROPRIETOR,
    "自然人": NATURAL_PERSON,
}
_REGISTRATIONS = (
    "registration_number",
    "organisation_code",
    "tax_number",
    "institution_number",
    "social_organisation_number",
)
_DOCUMENT_NUMBERS = ("counterparty_document_number", "subject_document_number")
_ORGANISATION = re.compile(
    r"公司|集团|工厂|合作社|事务所|学校|幼儿园|医院|诊所|药房|中心|商行|商店|经营部|超市|饭店|酒店|委员会"
    r"|.{4}[厂店场站社所院校馆行部铺坊局会园城]$"
)
_SHORT_NAME, _TOO_LONG_FOR_A_PERSON = 4, 9
_SEPARATORS = frozenset("·•‧. ")
_COMING_OF_AGE = 18


def kind_of_subject(values: Mapping[str, Value]) -> str:
    """legal_person, sole_proprietor or natural_person.

    Where no column says it (the table of 2016, lists of other cities), a subject with any code of
    an organisation is one, and so is a name that no person has. In doubt it is a natural person,
    whose name is masked.
    """
    written = values.get("counterparty_type") or values.get("subject_type")
    if isinstance(written, str):
        return _KINDS[written]
    if "uscc" in values or has_registration(values):
        return LEGAL_PERSON
    name = values.get("counterparty_name") or values.get("subject_name")
    named_so = isinstance(name, str) and names_organisation(name)
    numbered = any(field in values for field in _DOCUMENT_NUMBERS)
    return LEGAL_PERSON if named_so and not numbered else NATURAL_PERSON


def has_registration(values: Mapping[str, Value]) -> bool:
    """Whether there is a code of an organisation other than the uniform one."""
    return any(field in values for field in _REGISTRATIONS)


def names_organisation(name: str) -> bool:
    """Whether a name is no person's: 公司, …店; or long without a separator (·)."""
    if _ORGANISATION.search(name):
        return True
    return len(name) >= _TOO_LONG_FOR_A_PERSON and _SEPARATORS.isdisjoint(name)


def may_name_person(name: str) -> bool:
    """Whether a name is as short as most persons' and says nothing of an organisation."""
    return len(name) <= _SHORT_NAME and not _ORGANISATION.search(name)


def subject_key(values: Mapping[str, Value], kind: str, name: str, uscc: str) -> str:
    """What tells subjects apart: code, else registration, else the full name in normal form.

    A person's is the name and the document's number; it is digested before it is stored.
    """
    if kind == NATURAL_PERSON:
        return f"{normal_name(name)}|{document_number(values)}"
    if uscc:
        return uscc
    for field in _REGISTRATIONS:
        if field in values:
            return f"{field}:{values[field]}"
    return normal_name(name)


def document_number(values: Mapping[str, Value]) -> str:
    """The number of a natural person's own document, empty if it was not given."""
    for field in _DOCUMENT_NUMBERS:
        found = values.get(field)
        if isinstance(found, str):
            return found
    return ""


def normal_name(name: str) -> str:
    """Half-width, upper case, without spaces."""
    return "".join(unicodedata.normalize("NFKC", name).upper().split())


def is_under_age(id_card: str, on: date) -> bool:
    """By the birthday in an ID-card number of 18 characters; False for any other number."""
    digits = id_card[6:14]
    if len(id_card) != 18 or not (digits.isascii() and digits.isdigit()):
        return False
    born = (int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return (on.year - _COMING_OF_AGE, on.month, on.day) < born
