"""``/bureau/hooks``: who is told of changes by web hook; for the credit office, auditors read."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.web_hooks import Wants
from credit_site.extensions import clock, db, vault
from credit_site.services import hook_views, subscribers
from credit_site.services.hook_views import PAGE, SubscriberView
from credit_site.services.subscribers import HookProblem, HookRules, SubscriberWishes
from credit_site.web.bodies import form_text
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.bureau.hook_words import attempt_line, state_tag, wish_choices, wish_words
from credit_site.web.bureau.names import names_of
from credit_site.web.desk_parameters import HookParameters
from credit_site.web.frame import site_settings, words
from credit_site.web.parameters import read

_DEEDS = {
    "pause": (subscribers.pause_subscriber, "已经暂停；恢复以后，暂停期间的变化会补发。"),
    "resume": (subscribers.resume_subscriber, "已经恢复，从上次收到的地方继续推送。"),
    "revoke": (subscribers.revoke_subscriber, "已经停用，密钥已经销毁。"),
    "test": (subscribers.ask_for_test, "测试推送马上发出，请稍后刷新这一页看结果。"),
    "retry": (subscribers.try_now, "马上再试一次，请稍后刷新这一页看结果。"),
}


@needs(Permission.HOOKS_READ)
def index() -> str:
    """All subscribers, and a form for another one."""
    return _index(SubscriberWishes())


@needs(Permission.HOOKS)
def add() -> str | tuple[str, int]:
    """Sets a subscriber up and shows its secret, once."""
    wishes = _wishes()
    try:
        number, secret = subscribers.add_subscriber(
            db.session(), vault(), _rules(), wishes, actor(), clock.now(),
            from_start=form_text("begin") == "start",
        )  # fmt: skip
    except HookProblem as problem:
        return _index(wishes, str(problem)), 422
    return render_template("bureau/hook_secret.html", one=_found(number), secret=secret)


@needs(Permission.HOOKS_READ)
def show(number: int) -> str:
    """One subscriber, what can be done about it, and the log of its deliveries."""
    return _show(_found(number))


@needs(Permission.HOOKS)
def change(number: int) -> AnyResponse | tuple[str, int]:
    """Another name, contact, address or wish."""
    found, wishes = _found(number), _wishes()
    try:
        subscribers.change_subscriber(db.session(), _rules(), number, wishes, actor(), clock.now())
    except HookProblem as problem:
        return _show(found, wishes, str(problem)), 422
    flash("已经保存。")
    return _back(number)


@needs(Permission.HOOKS)
def deed(number: int, deed: str) -> str | AnyResponse:
    """Pauses, resumes, ends, tests, retries, or gives another secret, shown once."""
    found = _found(number)
    try:
        if deed == "exchange":
            secret = subscribers.exchange_secret(
                db.session(), vault(), number, actor(), clock.now()
            )
            return render_template("bureau/hook_secret.html", one=found, secret=secret)
        carry_out, said = _DEEDS[deed]
        carry_out(db.session(), number, actor(), clock.now())
        flash(said)
    except HookProblem as problem:
        flash(str(problem), "error")
    return _back(number)


@needs(Permission.HOOKS)
def again(number: int, delivery: int) -> AnyResponse:
    """Sends the range of an earlier delivery once more."""
    _found(number)
    try:
        subscribers.send_again(db.session(), number, delivery, actor(), clock.now())
        flash("马上重发，内容按现在的公示情况生成，请稍后刷新这一页看结果。")
    except HookProblem as problem:
        flash(str(problem), "error")
    return _back(number)


def _back(number: int) -> AnyResponse:
    return redirect(url_for("bureau.hook", number=number), code=303)


def _found(number: int) -> SubscriberView:
    found = hook_views.subscriber(db.session(), number) if number < 1 << 62 else None
    return found if found is not None else abort(404)


def _rules() -> HookRules:
    return HookRules(load_rulebook(), site_settings().hook_networks)


def _wishes() -> SubscriberWishes:
    wants, _, wanted = form_text("wish").partition(":")
    if wants == Wants.COMPANY:
        wanted = form_text("company")
    return SubscriberWishes(
        form_text("name"), form_text("contact"), form_text("address"), wants, wanted
    )


def _index(wishes: SubscriberWishes, error: str = "") -> str:
    found = hook_views.subscribers(db.session())
    return render_template(
        "bureau/hooks.html",
        error=error,
        subscribers=[(one, state_tag(one), _wish(one)) for one in found],
        **_form(wishes),
    )


def _show(found: SubscriberView, wishes: SubscriberWishes | None = None, error: str = "") -> str:
    wishes = wishes or SubscriberWishes(
        found.name, found.contact, found.address, found.wants.value, found.wanted
    )
    log = hook_views.attempts(db.session(), found.id, read(HookParameters).before)
    return render_template(
        "bureau/hook.html",
        one=found,
        error=error,
        tag=state_tag(found),
        wish=_wish(found),
        log=[attempt_line(one) for one in log],
        earlier=log[-1].id if len(log) == PAGE else 0,
        asked=hook_views.asked_for(db.session(), found.id),
        people=names_of([found.created_by]),
        now=clock.now(),
        **_form(wishes),
    )


def _wish(one: SubscriberView) -> str:
    return wish_words(one.wants, one.wanted, words().names)


def _form(wishes: SubscriberWishes) -> dict[str, object]:
    company = wishes.wants == Wants.COMPANY
    return {
        "wishes": wishes,
        "chosen": "company:" if company else f"{wishes.wants}:{wishes.wanted}",
        "company": wishes.wanted if company else "",
        "choices": wish_choices(load_rulebook()),
        "may_change": account().may(Permission.HOOKS),
    }
