"""Every address of the desk, tried by everybody: each knows whom it lets in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from credit_site.domain.permissions import Permission, Role
from credit_site.web.bureau.access import needed
from tests.support.people import Person, signed_in

OWN, OTHER = "health", "commerce"
# What each address needs; a new one must be written down here.
NEEDS = {
    "bureau.desk": Permission.DESK,
    "bureau.own_account": Permission.DESK,
    "bureau.accounts": Permission.ACCOUNTS,
    "bureau.add_account": Permission.ACCOUNTS,
    "bureau.account": Permission.ACCOUNTS,
    "bureau.change_account": Permission.ACCOUNTS,
    "bureau.account_deed": Permission.ACCOUNTS,
    "bureau.records": Permission.READ,
    "bureau.record": Permission.READ,
    "bureau.edit_record": Permission.CHANGE,
    "bureau.correct_record": Permission.CHANGE,
    "bureau.record_deed": Permission.CHANGE,
    "bureau.keys": Permission.KEYS,
    "bureau.make_key": Permission.KEYS,
    "bureau.key_deed": Permission.KEYS,
    "bureau.direct": Permission.GRANT,
    "bureau.audit": Permission.AUDIT,
    "bureau.audit_export": Permission.AUDIT,
    "bureau.upload": Permission.SUBMIT,
    "bureau.take_upload": Permission.SUBMIT,
    "bureau.decisions": Permission.SUBMIT,
    "bureau.new_decision": Permission.SUBMIT,
    "bureau.begin_draft": Permission.SUBMIT,
    "bureau.draft": Permission.SUBMIT,
    "bureau.keep_draft": Permission.SUBMIT,
    "bureau.submissions": Permission.READ,
    "bureau.submission": Permission.READ,
    "bureau.progress": Permission.READ,
    "bureau.annotated": Permission.READ,
    "bureau.submission_deed": Permission.SUBMIT,
    "bureau.row": Permission.SUBMIT,
    "bureau.mend_row": Permission.SUBMIT,
    "bureau.review": Permission.READ,
    "bureau.decide": Permission.REVIEW,
    "bureau.decide_row": Permission.REVIEW,
    "bureau.notice": Permission.READ,
    "bureau.listings": Permission.LISTINGS,
    "bureau.new_listing": Permission.LISTINGS,
    "bureau.begin_listing": Permission.LISTINGS,
    "bureau.listing": Permission.LISTINGS,
    "bureau.listing_step": Permission.LISTINGS,
    "bureau.confirm_listing": Permission.CONFIRM_LISTINGS,
    "bureau.listing_paper": Permission.LISTINGS,
    "bureau.listing_file": Permission.LISTINGS,
}
# Who holds what, said once more on purpose: a slip in the one table is seen in the other.
HOLDERS = {
    Permission.DESK: set(Role),
    Permission.READ: {Role.CLERK, Role.REVIEWER, Role.CREDIT_OFFICE, Role.AUDITOR},
    Permission.SUBMIT: {Role.CLERK, Role.REVIEWER, Role.CREDIT_OFFICE},
    Permission.REVIEW: {Role.REVIEWER, Role.CREDIT_OFFICE},
    Permission.CHANGE: {Role.REVIEWER, Role.CREDIT_OFFICE},
    Permission.LISTINGS: {Role.REVIEWER, Role.CREDIT_OFFICE},
    Permission.CONFIRM_LISTINGS: {Role.CREDIT_OFFICE},
    Permission.KEYS: {Role.REVIEWER, Role.CREDIT_OFFICE},
    Permission.GRANT: {Role.CREDIT_OFFICE},
    Permission.ACCOUNTS: {Role.ADMINISTRATOR},
    Permission.AUDIT: {Role.ADMINISTRATOR, Role.AUDITOR},
}


def rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("bureau."))


def example(rule: Rule) -> str:
    """An address of the rule, of something that is not there."""
    values: dict[str, object] = dict.fromkeys(rule.arguments, 987654)
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            values[name] = min(converter.items)
    made = rule.build(values)
    assert made is not None
    return made[1]


@pytest.fixture
def everybody(app: Flask) -> dict[Role, Person]:
    return {role: signed_in(app, role, OWN if role.of_a_bureau else "") for role in Role}


def test_every_address_of_the_desk_says_what_it_needs(app: Flask) -> None:
    with app.app_context():
        assert {rule.endpoint: needed(rule.endpoint) for rule in rules(app)} == NEEDS


@pytest.mark.parametrize("permission", Permission)
def test_each_role_holds_what_it_is_for_and_no_more(permission: Permission) -> None:
    assert {role for role in Role if permission in role.permissions} == HOLDERS[permission]


def test_each_address_lets_in_whom_it_must_and_nobody_else(
    app: Flask, everybody: dict[Role, Person]
) -> None:
    tokens = {role: person.token() for role, person in everybody.items()}
    for rule in rules(app):
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        for method in methods:
            for role, person in everybody.items():
                data = {"csrf_token": tokens[role]}
                answer = person.client.open(example(rule), method=method, data=data, buffered=True)
                allowed = role in HOLDERS[NEEDS[rule.endpoint]]
                assert (answer.status_code != 403) is allowed, (rule, method, role)
                assert answer.status_code < 500, (rule, method, role)
            stranger = app.test_client().open(example(rule), method=method)
            assert stranger.status_code == 302, (rule, method)
            assert "/bureau/sign-in" in stranger.location


def test_a_view_that_says_nothing_is_shut(app: Flask, everybody: dict[Role, Person]) -> None:
    view = app.view_functions["bureau.desk"]
    app.view_functions["bureau.desk"] = lambda: "open"
    try:
        for role in (Role.CREDIT_OFFICE, Role.ADMINISTRATOR):
            assert everybody[role].get("/bureau/").status_code == 403
    finally:
        app.view_functions["bureau.desk"] = view
