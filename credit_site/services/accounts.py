"""Accounts: who may sign in, in which role, for which bureau."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from flask_security.utils import hash_password
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.permissions import Permission, Role
from credit_site.models import Account
from credit_site.services.audit import note
from credit_site.services.transactions import write_transaction

_LONGEST_NAME = 60
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class AccountProblem(Exception):
    """An account cannot be made or changed like this; the text says in Chinese what to do."""


def actor_of(account_id: int) -> str:
    """How the audit log names whoever acts with an account."""
    return f"account:{account_id}"


def account_of(actor: str) -> int | None:
    """The account behind what the audit log names; None for whoever acts without one."""
    kind, _, number = actor.partition(":")
    return int(number) if kind == "account" and number.isdecimal() else None


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as pages see it; ``agency`` "" for roles that reach over all bureaus."""

    id: int
    email: str
    name: str
    role: Role
    agency: str
    active: bool
    must_change_password: bool
    second_factor: bool
    recovery_codes: int
    locked: bool
    last_sign_in_at: datetime | None

    @property
    def actor(self) -> str:
        """How the audit log names whoever acts with it."""
        return actor_of(self.id)

    def may(self, permission: Permission) -> bool:
        """Whether the role holds a permission."""
        return permission in self.role.permissions

    def reaches(self, agency: str) -> bool:
        """Whether what belongs to a bureau is this account's business."""
        return not self.role.of_a_bureau or self.agency == agency


@dataclass(frozen=True, slots=True)
class AccountWishes:
    """What an account is to be; ``agency`` a slug, "" for roles that reach over all bureaus."""

    email: str
    name: str
    role: Role
    agency: str


def add_account(
    session: Session, wishes: AccountWishes, actor: str, now: datetime, password: str = ""
) -> str:
    """Makes an account; returns the password it begins with, which its holder must change.

    Raises AccountProblem.
    """
    first = password or handed_out_password()
    with write_transaction(session):
        email = _free_address(session, wishes.email, None)
        _check(wishes)
        account = Account(
            email=email,
            name=wishes.name.strip(),
            role_name=wishes.role.value,
            agency=wishes.agency,
            password=hash_password(first),
            must_change_password=True,
            active=True,
            fs_uniquifier=_uniquifier(),
            failures=0,
            created_at=now,
        )
        session.add(account)
        session.flush()
        _note(session, now, actor, "account_added", account)
    return first


def change_account(
    session: Session, account_id: int, wishes: AccountWishes, actor: str, now: datetime
) -> None:
    """Another name, role or bureau; ends the account's sessions. Raises AccountProblem."""
    with write_transaction(session):
        account = session.get_one(Account, account_id)
        email = _free_address(session, wishes.email, account_id)
        _check(wishes)
        _keep_an_administrator(session, account, wishes.role)
        before = f"{account.role_name}@{account.agency}"
        account.email, account.name = email, wishes.name.strip()
        account.role_name, account.agency = wishes.role.value, wishes.agency
        account.fs_uniquifier = _uniquifier()
        _note(session, now, actor, "account_changed", account, before=before)


def close_account(session: Session, account_id: int, actor: str, now: datetime) -> None:
    """Nobody signs in with it any more; what its holder did stays. Raises AccountProblem."""
    with write_transaction(session):
        account = session.get_one(Account, account_id)
        _keep_an_administrator(session, account, None)
        if actor == actor_of(account_id):
            raise AccountProblem("这是您自己的账号，不能自己停用；请另一个系统管理员来办理。")
        account.active, account.fs_uniquifier = False, _uniquifier()
        _note(session, now, actor, "account_closed", account)


def open_account(session: Session, account_id: int, actor: str, now: datetime) -> None:
    """A closed account is used again."""
    with write_transaction(session):
        account = session.get_one(Account, account_id)
        account.active, account.failures, account.locked_until = True, 0, None
        _note(session, now, actor, "account_opened", account)


def renew_access(session: Session, account_id: int, actor: str, now: datetime) -> str:
    """For who forgot the password or lost the telephone: a new password, no second factor.

    Returns the password, which its holder must change; ends the account's sessions.
    """
    password = handed_out_password()
    with write_transaction(session):
        account = session.get_one(Account, account_id)
        account.password, account.must_change_password = hash_password(password), True
        account.tf_primary_method = account.tf_totp_secret = None
        account.mf_recovery_codes = []
        account.failures, account.locked_until = 0, None
        account.fs_uniquifier = _uniquifier()
        _note(session, now, actor, "access_renewed", account)
    return password


def handed_out_password() -> str:
    """Four groups of letters and digits that are hard to mistake for each other (80 bits)."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def accounts(session: Session, now: datetime) -> list[AccountView]:
    """All accounts: those in use first, by bureau and name."""
    order = (Account.active.desc(), Account.agency, Account.role_name, Account.name)
    return [view_of(one, now) for one in session.scalars(select(Account).order_by(*order))]


def account(session: Session, account_id: int, now: datetime) -> AccountView | None:
    """One account; None where there is none."""
    found = session.get(Account, account_id)
    return view_of(found, now) if found is not None else None


def sole_reviewer(session: Session, agency: str) -> str:
    """Who alone reviews in a bureau, as the audit log names it; "" where nobody or several do."""
    query = select(Account.id).where(
        Account.agency == agency, Account.role_name == Role.REVIEWER.value, Account.active
    )
    found = session.scalars(query.limit(2)).all()
    return actor_of(found[0]) if len(found) == 1 else ""


def view_of(one: object, now: datetime) -> AccountView:
    """The account that Flask-Security hands out, as a plain view."""
    assert isinstance(one, Account), "nobody else signs in here"
    return AccountView(
        one.id,
        one.email,
        one.name,
        one.role,
        one.agency,
        one.active,
        one.must_change_password,
        bool(one.tf_primary_method),
        len(one.mf_recovery_codes or []),
        one.locked(now),
        one.last_sign_in_at,
    )


def _free_address(session: Session, email: str, own: int | None) -> str:
    try:
        found = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise AccountProblem(
            "登录邮箱的格式不对，请填写像 zhang@example.gov.cn 这样的地址。"
        ) from None
    query = select(Account.id).where(func.lower(Account.email) == found.normalized.lower())
    other = session.scalar(query)
    if other is not None and other != own:
        raise AccountProblem("这个邮箱已经有账号了，请换一个，或者修改原来的账号。")
    return found.normalized.lower()


def _check(wishes: AccountWishes) -> None:
    if not 1 <= len(wishes.name.strip()) <= _LONGEST_NAME:
        raise AccountProblem(f"请填写姓名，最多 {_LONGEST_NAME} 个字。")
    if find_personal_numbers(wishes.name):
        raise AccountProblem("姓名里像是有证件号码，请只写姓名。")
    if wishes.role.of_a_bureau and not wishes.agency:
        raise AccountProblem(f"{wishes.role.label}属于一个部门，请选择部门。")
    if not wishes.role.of_a_bureau and wishes.agency:
        raise AccountProblem(f"{wishes.role.label}面向全部部门，请不要选择部门。")


def _keep_an_administrator(session: Session, account: Account, role: Role | None) -> None:
    """An installation without an administrator could not be ruled over any more."""
    if account.role is not Role.ADMINISTRATOR or role is Role.ADMINISTRATOR:
        return
    query = select(func.count()).where(
        Account.role_name == Role.ADMINISTRATOR.value, Account.active, Account.id != account.id
    )
    if not session.scalar(query):
        raise AccountProblem("这是最后一个系统管理员，不能停用或者改作其他角色。请先添加另一个。")


def _uniquifier() -> str:
    return secrets.token_hex(32)


def _note(
    session: Session, now: datetime, actor: str, action: str, account: Account, before: str = ""
) -> None:
    details = {"role": account.role_name, "agency": account.agency, "email": account.email}
    if before:
        details["before"] = before
    note(session, now, actor, action, f"account/{account.id}", **details)


def people(session: Session, actors: Iterable[str]) -> dict[str, str]:
    """Names of those who acted, by how the audit log names them; others are left out."""
    numbers = {int(a.removeprefix("account:")) for a in actors if a.startswith("account:")}
    query = select(Account.id, Account.name).where(Account.id.in_(numbers))
    return {f"account:{number}": name for number, name in session.execute(query)}
