"""People who sign in."""

from __future__ import annotations

from datetime import datetime

from flask_security import AsaList, UserMixin
from sqlalchemy import BigInteger, String, Text
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.domain.permissions import Role
from credit_site.extensions import Base
from credit_site.models.types import BigId, UtcDateTime


class Account(Base, UserMixin):
    """One person in one role; ``agency`` is a slug, empty for roles that reach over all bureaus.

    ``fs_uniquifier`` is what a session holds: a new one ends all sessions of the account. The
    secrets of the second factor are sealed before they come here; ``tf_last_counter`` is the time
    step of the last code that was taken (RFC 6238, 5.2: none is taken twice). ``failures`` counts
    failed attempts since the last success. ``must_change_password`` marks a password that an
    administrator has handed out.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    role_name: Mapped[str] = mapped_column("role", String(20))
    agency: Mapped[str] = mapped_column(String(60))
    password: Mapped[str] = mapped_column(String(255))
    must_change_password: Mapped[bool]
    active: Mapped[bool]
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(Text)
    tf_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def role(self) -> Role:
        """What the person is here to do."""
        return Role(self.role_name)

    def locked(self, now: datetime) -> bool:
        """Whether too many attempts have failed a short while ago."""
        return self.locked_until is not None and now < self.locked_until

    def check_tf_required(
        self,
        tf_setup_methods: list[tuple[str, str]],
        tf_fresh: bool,  # noqa: FBT001  # their hook
    ) -> tuple[bool, list[tuple[str, str]]]:
        """By role, and for whoever has set a second factor up (Flask-Security's hook)."""
        return self.role.needs_second_factor or bool(tf_setup_methods), tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Whether the second factor can be done without (Flask-Security's hook)."""
        return self.role.needs_second_factor
