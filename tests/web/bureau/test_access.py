"""Every address of the desk, tried by everybody: each knows whom it lets in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from credit_site.domain.permissions import Permission, Role
from credit_site.web.bureau.access import needed
from tests.support.people import Person, signed_in

pytestmark = pytest.mark.both_databases

OWN, OTHER = "health", "commerce"
# What each address needs; a new one must be written down here.
NEEDS = {
    "bureau.desk": Permission.DESK,
    "bureau.own_account": Permission.DESK,
    "bureau.accounts": Permission.ACCOUNTS_READ,
    "bureau.add_account": Permission.ACCOUNTS,
    "bureau.account": Permission.ACCOUNTS_READ,
    "bureau.change_account": Permission.ACCOUNTS,
    "bureau.account_deed": Permission.ACCOUNTS,
    "bureau.matters": Permission.READ,
    "bureau.matter": Permission.READ,
    "bureau.matter_step": Permission.CHANGE,
    "bureau.matter_paper": Permission.CHANGE,
    "bureau.matter_letter": Permission.CHANGE,
    "bureau.records": Permission.READ,
    "bureau.record": Permission.READ,
    "bureau.edit_record": Permission.CHANGE,
    "bureau.correct_record": Permission.CHANGE,
    "bureau.waiting_correction": Permission.READ,
    "bureau.decide_correction": Permission.CHANGE,
    "bureau.record_deed": Permission.CHANGE,
    "bureau.announce_withdrawal": Permission.SUBMIT,
    "bureau.record_document": Permission.READ,
    "bureau.lookups": Permission.READ,
    "bureau.look_up": Permission.LOOK_UP,
    "bureau.lookup_batch": Permission.LOOK_UP,
    "bureau.take_lookup_batch": Permission.LOOK_UP,
    "bureau.lookup": Permission.READ,
    "bureau.lookup_feedback": Permission.LOOK_UP,
    "bureau.lookup_answers": Permission.READ,
    "bureau.keys": Permission.KEYS_READ,
    "bureau.make_key": Permission.KEYS,
    "bureau.key_deed": Permission.KEYS,
    "bureau.reader_keys": Permission.READER_KEYS_READ,
    "bureau.make_reader_key": Permission.READER_KEYS,
    "bureau.reader_key_deed": Permission.READER_KEYS,
    "bureau.direct": Permission.GRANT,
    "bureau.hooks": Permission.HOOKS_READ,
    "bureau.hook": Permission.HOOKS_READ,
    "bureau.add_hook": Permission.HOOKS,
    "bureau.change_hook": Permission.HOOKS,
    "bureau.hook_deed": Permission.HOOKS,
    "bureau.hook_again": Permission.HOOKS,
    "bureau.audit": Permission.AUDIT,
    "bureau.audit_export": Permission.AUDIT,
    "bureau.upload": Permission.SUBMIT,
    "bureau.take_upload": Permission.SUBMIT,
    "bureau.decisions": Permission.SUBMIT,
    "bureau.new_decision": Permission.SUBMIT,
    "bureau.keep_new_decision": Permission.SUBMIT,
    "bureau.check_decision": Permission.SUBMIT,
    "bureau.decision": Permission.SUBMIT,
    "bureau.keep_decision": Permission.SUBMIT,
    "bureau.discard_decision": Permission.SUBMIT,
    "bureau.reopen_submission": Permission.SUBMIT,
    "bureau.due": Permission.READ,
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
    "bureau.record_notice": Permission.READ,
    "bureau.submission_notices": Permission.READ,
    "bureau.exchange": Permission.READ,
    "bureau.exchange_refused": Permission.READ,
    "bureau.exchange_batch": Permission.READ,
    "bureau.exchange_manifest": Permission.READ,
    "bureau.exchange_again": Permission.REVIEW,
    "bureau.new_exchange_channel": Permission.EXCHANGE,
    "bureau.make_exchange_channel": Permission.EXCHANGE,
    "bureau.exchange_channel": Permission.EXCHANGE,
    "bureau.change_exchange_channel": Permission.EXCHANGE,
    "bureau.exchange_channel_deed": Permission.EXCHANGE,
    "bureau.take_receipt": Permission.EXCHANGE,
    "bureau.exchange_profile": Permission.READ,
    "bureau.exchange_schema": Permission.READ,
    "bureau.listings": Permission.READ,
    "bureau.new_listing": Permission.LISTINGS,
    "bureau.begin_listing": Permission.LISTINGS,
    "bureau.listing": Permission.READ,
    "bureau.listing_step": Permission.LISTINGS,
    "bureau.listing_paper": Permission.LISTINGS,
    "bureau.last_extension_paper": Permission.LISTINGS,
    "bureau.extension_paper": Permission.LISTINGS,
    "bureau.listing_file": Permission.LISTINGS,
    "bureau.assessment": Permission.READ,
    "bureau.begin_assessment": Permission.ASSESS,
    "bureau.assessment_report": Permission.ASSESS_READ,
    "bureau.write_assessment": Permission.ASSESS,
    "bureau.assessment_deed": Permission.ASSESS,
    "bureau.warnings": Permission.ASSESS_READ,
    "bureau.note_warning": Permission.ASSESS,
    "bureau.nothing": Permission.DESK,
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
    Permission.KEYS_READ: {Role.REVIEWER, Role.CREDIT_OFFICE, Role.AUDITOR},
    Permission.LOOK_UP: {Role.CLERK, Role.REVIEWER, Role.CREDIT_OFFICE},
    Permission.GRANT: {Role.CREDIT_OFFICE},
    Permission.HOOKS: {Role.CREDIT_OFFICE},
    Permission.HOOKS_READ: {Role.CREDIT_OFFICE, Role.AUDITOR},
    Permission.READER_KEYS: {Role.CREDIT_OFFICE},
    Permission.READER_KEYS_READ: {Role.CREDIT_OFFICE, Role.AUDITOR},
    Permission.EXCHANGE: {Role.CREDIT_OFFICE},
    Permission.ASSESS: {Role.CREDIT_OFFICE},
    Permission.ASSESS_READ: {Role.CREDIT_OFFICE, Role.AUDITOR},
    Permission.ACCOUNTS: {Role.ADMINISTRATOR},
    Permission.ACCOUNTS_READ: {Role.ADMINISTRATOR, Role.AUDITOR},
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


def asking(endpoint: str, database_server: str) -> Iterator[Role]:
    """All roles; on PostgreSQL one that is let in.

    Who is turned away has asked the database for nothing but himself.
    """
    let_in = (role for role in Role if role in HOLDERS[NEEDS[endpoint]])
    return islice(let_in, 1) if database_server else iter(Role)


def test_each_address_lets_in_whom_it_must_and_nobody_else(
    app: Flask, everybody: dict[Role, Person], database_server: str
) -> None:
    tokens = {role: person.token() for role, person in everybody.items()}
    for rule in rules(app):
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        for method in methods:
            for role in asking(rule.endpoint, database_server):
                person, data = everybody[role], {"csrf_token": tokens[role]}
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


def test_whoever_may_not_see_a_page_is_told_whose_it_is_and_stays_at_the_desk(app: Flask) -> None:
    clerk = signed_in(app, Role.CLERK, OWN, name="shut-out")
    refused = clerk.get("/bureau/keys")
    assert refused.status_code == 403
    for said in (
        "“审核员”",
        "您的角色是“报送员”",
        "系统管理员",
        'aria-label="工作台"',
        "回到工作台",
    ):
        assert said in refused.text
    for address in ("/bureau/records/9999999", "/bureau/nope", "/bureau/records/x/y.csv"):
        missing = clerk.get(address)
        assert missing.status_code == 404
        assert "编号可能有误，或者这是别的部门的" in missing.text
        assert 'aria-label="工作台"' in missing.text


def test_what_is_no_address_takes_nothing_from_those_that_are(app: Flask) -> None:
    clerk = signed_in(app, Role.CLERK, OWN, name="on-the-way")
    assert clerk.get("/bureau").location == "http://localhost/bureau/"
    assert clerk.get("/bureau/decisions").location == "http://localhost/bureau/decisions/"
    assert clerk.get("/bureau/password").status_code == 200
