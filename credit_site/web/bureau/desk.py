"""``/bureau/``: what waits for whoever is signed in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import render_template

from credit_site.domain.disclosure_deadlines import Due, due
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.matter_clocks import Rest
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.states import SubmissionState
from credit_site.extensions import clock, db, vault
from credit_site.services.accounts import AccountView
from credit_site.services.api_keys import shown_to
from credit_site.services.desk_figures import Waiting, waiting
from credit_site.services.desk_views import SubmissionView
from credit_site.services.exchange.refusals import open_refusals
from credit_site.services.from_elsewhere import Uncompared, uncompared
from credit_site.services.honours import lately_ended, to_give_again
from credit_site.services.hook_views import failing
from credit_site.services.lately_published import lately_published
from credit_site.services.listing_cases.alerts import to_remove
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.views import counts as listing_counts
from credit_site.services.matters.inspections import open_tests
from credit_site.services.matters.screened import screened_records
from credit_site.services.matters.views import MatterLine, open_count
from credit_site.services.month import month
from credit_site.services.waiting_corrections import WaitingView, waiting_corrections
from credit_site.services.waiting_files import waiting_files
from credit_site.services.withdrawals import WithdrawalView, waiting_withdrawals
from credit_site.web.bureau.access import account, needs
from credit_site.web.bureau.draft_lines import draft_lines
from credit_site.web.bureau.honours_again import FreedLine, freed_lines
from credit_site.web.bureau.names import STATES

MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A submission on the desk; ``published`` rows of it are out."""

    view: SubmissionView
    bureau: str
    published: int = 0


@dataclass(frozen=True, slots=True)
class Waits:
    """Files in one state, the most pressing first; ``more`` of them are not shown here."""

    state: str
    title: str
    lines: list[Line]
    more: int


@dataclass(frozen=True, slots=True)
class DueLine:
    """Decisions of one day and their deadlines."""

    group: Waiting
    due: Due


@dataclass(frozen=True, slots=True)
class TestLine:
    """A test that has not been entered as over; ``days`` working days so far."""

    matter: MatterLine
    bureau: str
    test: Rest
    days: int


@needs(Permission.DESK)
def desk() -> str:
    """What is waiting, what is late, what came back, what was published."""
    me = account()
    reads = me.may(Permission.READ)
    return render_template(
        "bureau/desk.html",
        me=me,
        bureau=bureau_name(me.agency),
        reads=reads,
        may=Permission,
        to_do=_to_do(me) if reads else [],
        drafts=draft_lines(me.actor) if me.may(Permission.SUBMIT) else [],
        came_back=_waits(me, SubmissionState.RETURNED) if reads else None,
        finished=_finished(me) if reads else [],
        matters=open_count(db.session(), me.agency) if reads else 0,
        tests=_tests(me) if reads else [],
        due=_due(me) if reads else [],
        most=MOST_LINES,
        withdrawals=_withdrawals(me) if reads else [],
        corrections=_corrections(me) if me.may(Permission.CHANGE) else [],
        screened=screened_records(db.session(), me.agency, clock.today()) if reads else [],
        failing_hooks=failing(db.session()) if me.may(Permission.HOOKS_READ) else [],
        refused=open_refusals(db.session(), me.agency) if reads else 0,
        fallen=_fallen(me) if reads else [],
        honours=_honours(me) if reads else [],
        freed=_freed(me) if reads else [],
        copies=_copies(me) if reads else [],
        listings=listing_counts(db.session(), me.agency) if me.may(Permission.READ) else None,
        month=month(db.session(), me.agency, clock.today(), load_rulebook()) if reads else None,
    )


def _to_do(me: AccountView) -> list[Waits]:
    """What waits for this person: files that others handed in, and those to hand in."""
    groups = []
    if me.may(Permission.REVIEW):
        own = {me.actor, *shown_to(db.session(), me.actor)}
        groups.append(_waits(me, SubmissionState.SUBMITTED, own))
    if me.may(Permission.SUBMIT):
        groups.append(_waits(me, SubmissionState.READ))
    return [group for group in groups if group.lines]


def _waits(me: AccountView, state: SubmissionState, not_of: Collection[str] = ()) -> Waits:
    found = waiting_files(db.session(), me.agency, state, MOST_LINES, not_of)
    lines = [Line(one, bureau_name(one.agency)) for one in found.first]
    return Waits(state.value, STATES[state][0], lines, found.more)


def _finished(me: AccountView) -> list[Line]:
    found = lately_published(db.session(), me.agency, MOST_LINES)
    return [Line(one.view, bureau_name(one.view.agency), one.published) for one in found]


def _due(me: AccountView) -> list[DueLine]:
    """Decisions on the desk whose deadline is near or past, the oldest first."""
    today, book = clock.today(), load_rulebook()
    lines = []
    for group in waiting(db.session(), me.agency, book):
        try:
            found = due(group.decided_on, today, book)
        except RuleNotInForce:
            continue
        if not found.pressing:
            break  # they come by day: what was decided later is due later
        lines.append(DueLine(group, found))
    return lines


def _tests(me: AccountView) -> list[TestLine]:
    """Tests that have not been entered as over: so long a clock rests."""
    found = open_tests(db.session(), me.agency, load_rulebook())
    return [
        TestLine(line, bureau_name(line.agency), test, test.working_days(clock.today()))
        for line, test in found
    ]


def _withdrawals(me: AccountView) -> list[WithdrawalView]:
    """Records whose decision is void and that must come off the site."""
    return waiting_withdrawals(db.session(), me.agency, clock.today(), load_rulebook())


def _corrections(me: AccountView) -> list[WaitingView]:
    """Corrections that wait for another person; one that was refused is shown to whoever asked."""
    found = waiting_corrections(db.session(), me.agency, clock.today(), load_rulebook())
    return [one for one in found if not one.refused or one.actor == me.actor]


def _fallen(me: AccountView) -> list[int]:
    """Cases whose entry has to go."""
    tools = ListingTools(db.session(), vault(), load_rulebook())
    return to_remove(tools, me.agency, clock.today())


def _honours(me: AccountView) -> list[int]:
    """Entries of honour that the system has ended of late."""
    return lately_ended(db.session(), load_rulebook(), me.agency, clock.today())


def _freed(me: AccountView) -> list[FreedLine]:
    """Entries of honour that may be given again."""
    today = clock.today()
    return freed_lines(to_give_again(db.session(), load_rulebook(), today, agency=me.agency))


def _copies(me: AccountView) -> list[tuple[str, Uncompared]]:
    """Copies of lists from elsewhere that wait to be compared with their sources."""
    found = uncompared(db.session(), load_rulebook(), me.agency, clock.today())
    return [(bureau_name(one.agency), one) for one in found]


@needs(Permission.DESK)
def own_account() -> str:
    """One's own account: role, password, second factor."""
    me = account()
    return render_template("bureau/own_account.html", me=me, bureau=bureau_name(me.agency))


_PLACES = (
    ("/bureau/", "工作台", Permission.DESK),
    ("/bureau/upload", "上传", Permission.SUBMIT),
    ("/bureau/decisions/", "填报", Permission.SUBMIT),
    ("/bureau/submissions", "报送", Permission.READ),
    ("/bureau/matters", "异议和修复", Permission.READ),
    ("/bureau/lookups", "联合惩戒", Permission.READ),
    ("/bureau/records", "已公示", Permission.READ),
    ("/bureau/exchange", "平台交换", Permission.READ),
    ("/bureau/listings", "名单", Permission.READ),
    ("/bureau/assessment", "考核", Permission.READ),
    ("/bureau/warnings", "预警", Permission.ASSESS_READ),
    ("/bureau/keys", "接口密钥", Permission.KEYS_READ),
    ("/bureau/hooks", "数据推送", Permission.HOOKS_READ),
    ("/bureau/reader-keys", "数据密钥", Permission.READER_KEYS_READ),
    ("/bureau/audit", "审计日志", Permission.AUDIT),
    ("/bureau/accounts", "账号", Permission.ACCOUNTS_READ),
    ("/bureau/account", "我的账号", Permission.DESK),
)


def places() -> list[tuple[str, str]]:
    """Where whoever is signed in may go: addresses and titles."""
    me = account()
    return [(href, title) for href, title, permission in _PLACES if me.may(permission)]


def bureau_name(slug: str) -> str:
    """The bureau in words; all of them for roles that belong to none."""
    return load_rulebook().agencies[slug].name if slug else "全部部门"
