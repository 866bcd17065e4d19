"""The example row of a template: invented, but it passes every check."""

from __future__ import annotations

from decimal import Decimal

from credit_site.domain.identifiers import organisation_code_check_digit, uscc_check_digit
from credit_site.domain.rulebook import Column, Field, FieldType, Layout, Rulebook

_AGENCY = "郑州市市场监督管理局"
_NATURAL_PERSON = "natural_person"
# An invented organisation code: X0X0X0X0 was never given out, its check digits are right.
_INVENTED_BODY = "X0X0X0X0"

_TEXTS = {
    "violation_facts": "经查，当事人销售侵犯注册商标专用权的商品，货值金额 6000 元。",
    "violation_type": "销售侵犯注册商标专用权的商品",
    "penalty_types": "罚款",
    "penalty_content": "罚款人民币壹万元整",
    "penalty_valid_until": "2099-12-31",
    "division_code": "410100",
}
_AMOUNTS = {"fine_yuan": Decimal(10_000)}
_OF_PERSONS = {
    "counterparty_name": "张某某",
    "counterparty_type": "自然人",
    "counterparty_document_type": "护照号",
    "counterparty_document_number": "E00000000",
}


def example_text(column: Column, field: Field, layout: Layout, rulebook: Rulebook) -> str:
    """What the example row says in one column, as people type it; empty where nothing must be."""
    if layout.subject_kind == _NATURAL_PERSON and field.name in _OF_PERSONS:
        return _OF_PERSONS[field.name]
    if field.type is FieldType.YUAN:
        return _amount(column, field)
    if field.type is FieldType.USCC:
        return _code(field, rulebook)
    if field.name in _TEXTS:
        return _TEXTS[field.name]
    if field.type is FieldType.CHOICE and column.required and not field.example:
        return field.choices[0]
    return field.example


def _amount(column: Column, field: Field) -> str:
    """万元 where the column wants them."""
    yuan = _AMOUNTS.get(field.name)
    if yuan is None:
        return ""
    return f"{yuan / 10_000 if column.unit == 'wan_yuan' else yuan:f}"


def _code(field: Field, rulebook: Rulebook) -> str:
    if "agency" not in field.name:
        return invented_code()
    agency = rulebook.agency_named(_AGENCY)
    return agency.uscc if agency else invented_code()


def invented_code() -> str:
    """A uniform social credit code of nobody, with both check digits right (GB 32100-2015)."""
    body = f"91410100{_INVENTED_BODY}{organisation_code_check_digit(_INVENTED_BODY)}"
    return body + uscc_check_digit(body)
