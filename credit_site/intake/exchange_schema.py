"""The XML schema (XSD 1.0) of a profile of exchange, made from the rulebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from credit_site.domain.exchange_types import Control, ControlColumn, ExchangeProfile
from credit_site.domain.rulebook import Column, Field, FieldType, Rulebook

_SPACE = "http://www.w3.org/2001/XMLSchema"
_DIGITS = {"%Y": r"\d{4}", "%m": r"\d{2}", "%d": r"\d{2}"}


def schema_of(profile: ExchangeProfile, rulebook: Rulebook) -> bytes:
    """The schema as a file, indented; titles and lengths stand in its annotations."""
    root = etree.Element(_tag("schema"), nsmap={"xs": _SPACE})
    _annotate(root, f"{profile.title}；格式 {profile.name}，版本 {profile.version}")
    batch = _inside(_add(root, "element", name="batch"))
    rows = _add(batch, "sequence")
    row = _inside(_add(rows, "element", name="row", minOccurs="0", maxOccurs="unbounded"))
    cells = _add(row, "sequence")
    for control in rulebook.exchange.columns:
        _control(cells, control, profile)
    register = rulebook.registers[rulebook.layouts[profile.layout].register]
    for column in profile.columns_of(rulebook.layouts[profile.layout]):
        _column(cells, column, register.field(column.field), profile)
    for name in ("profile", "version", "name"):
        _add(batch, "attribute", name=name, type="xs:string", use="required")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _control(cells: etree._Element, control: ControlColumn, profile: ExchangeProfile) -> None:
    element = _add(cells, "element", name=control.code)
    _annotate(element, f"{control.title}：{control.help}")
    if control.what in (Control.ROW, Control.ID):
        element.set("type", "xs:positiveInteger")
    elif control.what is Control.OPERATION:
        _restrict(element, "enumeration", profile.operations.values())
    else:
        element.set("type", "xs:string")


def _column(cells: etree._Element, column: Column, field: Field, profile: ExchangeProfile) -> None:
    element = _add(cells, "element", name=column.code)
    longest = column.max_length or field.max_length
    _annotate(element, column.title + (f"；不超过 {longest} 字" if longest else ""))
    if field.type is FieldType.DATE:
        _restrict(
            element, "pattern", [f"({_day(profile.date_format)}|{re.escape(profile.null_text)})"]
        )
    else:
        element.set("type", "xs:string")


def _day(date_format: str) -> str:
    pieces: Iterator[str] = (
        _DIGITS.get(piece, re.escape(piece)) for piece in re.split("(%[Ymd])", date_format)
    )
    return "".join(pieces)


def _restrict(element: etree._Element, facet: str, values: Iterable[str]) -> None:
    base = _add(_add(element, "simpleType"), "restriction", base="xs:string")
    for value in values:
        _add(base, facet, value=value)


def _inside(element: etree._Element) -> etree._Element:
    return _add(element, "complexType")


def _annotate(element: etree._Element, text: str) -> None:
    _add(_add(element, "annotation"), "documentation").text = text


def _add(parent: etree._Element, kind: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _tag(kind), attributes)


def _tag(name: str) -> str:
    return f"{{{_SPACE}}}{name}"
