"""What the search page, the API, the feed and the export of a search begin with."""

from __future__ import annotations

from flask import current_app
from werkzeug.exceptions import BadRequest

from credit_site.domain.identifiers import find_personal_numbers
from credit_site.extensions import clock, db, name_directory, search_engine
from credit_site.services.common_terms import CommonTerms
from credit_site.services.matching import Matcher
from credit_site.services.search import PublicSearch
from credit_site.services.suggestions import Suggester
from credit_site.web.parameters import read
from credit_site.web.search_parameters import SearchParameters
from credit_site.web.spoken import Spoken

REFUSED = (
    "不按证件号码查询",
    "查询内容像是个人证件号码。本站不按证件号码查询，也不记录；请改用名称、代码或者文号。",
)


class PersonalNumberAsked(BadRequest, Spoken):
    """Somebody searches for what looks like the number of an ID card: it is not searched for."""

    title, description = REFUSED


def public_search() -> PublicSearch:
    """The search of the running application."""
    return PublicSearch(db.session(), search_engine(), name_directory())


def suggester() -> Suggester:
    """The suggestions of the running application."""
    terms = current_app.extensions["credit_site_terms"]
    assert isinstance(terms, CommonTerms)
    return Suggester(db.session(), search_engine(), name_directory(), terms)


def matcher() -> Matcher:
    """The matching of names and codes, as of today."""
    return Matcher(db.session(), name_directory(), clock.today())


def asked_search() -> SearchParameters:
    """The search that the address is; raises PersonalNumberAsked."""
    parameters = read(SearchParameters)
    if find_personal_numbers(parameters.q):
        raise PersonalNumberAsked
    return parameters
