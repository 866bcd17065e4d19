"""``/bureau/accounts``: who may sign in; for administrators, and for auditors to read."""

from __future__ import annotations

from flask import abort, render_template

from credit_site.domain.permissions import Permission, Role
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.accounts import (
    AccountProblem,
    AccountView,
    AccountWishes,
    account,
    accounts,
    add_account,
    change_account,
    close_account,
    open_account,
    renew_access,
)
from credit_site.web.bodies import form_text
from credit_site.web.bureau.access import account as signed_in
from credit_site.web.bureau.access import actor, needs
from credit_site.web.bureau.desk import bureau_name


@needs(Permission.ACCOUNTS_READ)
def index() -> str:
    """All accounts, and a form for another one."""
    return _index(AccountWishes("", "", Role.CLERK, ""))


@needs(Permission.ACCOUNTS)
def add() -> str | tuple[str, int]:
    """Makes an account and shows its first password, once."""
    wishes = _wishes()
    try:
        password = add_account(db.session(), wishes, actor(), clock.now())
    except AccountProblem as problem:
        return _index(wishes, str(problem)), 422
    return render_template("bureau/password.html", email=wishes.email, password=password)


@needs(Permission.ACCOUNTS_READ)
def show(number: int) -> str:
    """One account with what can be done about it."""
    return _show(_found(number))


@needs(Permission.ACCOUNTS)
def change(number: int) -> str | tuple[str, int]:
    """Another name, address, role or bureau."""
    _found(number)
    try:
        change_account(db.session(), number, _wishes(), actor(), clock.now())
    except AccountProblem as problem:
        return _show(_found(number), str(problem)), 422
    return _show(_found(number), done="已经保存；原来的登录已经失效，需要重新登录。")


@needs(Permission.ACCOUNTS)
def deed(number: int, deed: str) -> str | tuple[str, int]:
    """Closes or opens an account, or hands out a new password."""
    email = _found(number).email
    try:
        if deed == "close":
            close_account(db.session(), number, actor(), clock.now())
        elif deed == "open":
            open_account(db.session(), number, actor(), clock.now())
        else:
            password = renew_access(db.session(), number, actor(), clock.now())
            return render_template("bureau/password.html", email=email, password=password)
    except AccountProblem as problem:
        return _show(_found(number), str(problem)), 422
    return _show(_found(number), done="账号已经停用。" if deed == "close" else "账号已经恢复使用。")


def _found(number: int) -> AccountView:
    found = account(db.session(), number, clock.now())
    return found if found is not None else abort(404)


def _wishes() -> AccountWishes:
    """Raises BadRequest for a role that no form offers."""
    role, agency = form_text("role"), form_text("agency")
    if role not in set(Role):
        abort(400)
    bureau = agency if agency in load_rulebook().agencies else ""
    return AccountWishes(form_text("email"), form_text("name"), Role(role), bureau)


def _index(wishes: AccountWishes, error: str = "") -> str:
    return render_template(
        "bureau/accounts.html",
        accounts=[(one, bureau_name(one.agency)) for one in accounts(db.session(), clock.now())],
        wishes=wishes,
        error=error,
        **_choices(),
    )


def _show(found: AccountView, error: str = "", done: str = "") -> str:
    wishes = AccountWishes(found.email, found.name, found.role, found.agency)
    return render_template(
        "bureau/account.html",
        one=found,
        bureau=bureau_name(found.agency),
        wishes=wishes,
        error=error,
        done=done,
        **_choices(),
    )


def _choices() -> dict[str, object]:
    agencies = [(slug, one.name) for slug, one in load_rulebook().agencies.items()]
    may_change = signed_in().may(Permission.ACCOUNTS)
    return {"roles": list(Role), "agencies": agencies, "may_change": may_change}
