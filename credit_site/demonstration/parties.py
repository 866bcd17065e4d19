"""The fields that say who a record is about."""

from credit_site.demonstration.cases import Party
from credit_site.demonstration.companies import Company
from credit_site.demonstration.persons import document_number

_IDENTITY_CARD = "身份证"
_KINDS = {"shop": "个体工商户", "person": "自然人"}
_ORGANISATION = "法人及非法人组织"
# Bureaus rarely fill in what nothing asks them for.
_WITH_REGISTRATION_NUMBER, _WITH_ORGANISATION_CODE, _WITH_DOCUMENT = 5, 4, 3


def kind_of(party: Party) -> str:
    """The official word for a kind of party."""
    return _KINDS.get(party.kind, _ORGANISATION)


def party_values(party: Party) -> dict[str, str]:
    """The party's fields in the penalty register.

    Numbers of personal documents stand in the fields that are never shown, and nowhere else.
    """
    if isinstance(party, Company):
        return _company_values(party)
    return {
        "counterparty_name": party.name,
        "counterparty_type": kind_of(party),
        "counterparty_document_type": _IDENTITY_CARD,
        "counterparty_document_number": party.document_number,
    }


def _company_values(company: Company) -> dict[str, str]:
    number = company.number
    values = {
        "counterparty_name": company.name,
        "counterparty_type": kind_of(company),
        "uscc": company.uscc,
        "legal_representative": company.representative,
    }
    if number % _WITH_REGISTRATION_NUMBER == 0:
        values["registration_number"] = company.registration_number
    if number % _WITH_ORGANISATION_CODE == 0:
        values["organisation_code"] = company.organisation_code
    if number % _WITH_DOCUMENT == 0:
        values["legal_representative_document_type"] = _IDENTITY_CARD
        values["legal_representative_document_number"] = document_number(number)
    return values
