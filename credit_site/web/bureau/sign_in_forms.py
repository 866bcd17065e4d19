"""The forms of signing in: a locked account is not even tried."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

from flask_security import LoginForm, MfRecoveryForm, TwoFactorVerifyCodeForm

from credit_site.extensions import clock, db
from credit_site.services.sign_ins import is_locked, is_shut
from credit_site.web.bureau.one_time_codes import as_made
from credit_site.web.bureau.sign_in_words import NO_CODE, WRONG


class SignInForm(LoginForm):
    """A locked account is not even tried: so nobody learns whether the password was right."""

    def validate(self, **named: Any) -> bool:  # noqa: ANN401  # the library's signature
        """Whether the one signing in may go on."""
        if is_shut(db.session(), self.email.data or "", clock.now()):
            self.form_errors.append(WRONG)
            return False
        valid = super().validate(**named)
        if not valid and not (self.email.data and self.password.data):
            return False
        if not valid:
            self.form_errors[:] = [WRONG]
        return valid


def _asked(form: CodeForm | RecoveryForm) -> bool:
    """Whether a code was typed at all; else what to do is said."""
    typed = bool((form.code.data or "").strip())
    if not typed:
        form.form_errors.append(NO_CODE)
    return typed


class CodeForm(TwoFactorVerifyCodeForm):
    """The second factor, shut while the account is locked."""

    def validate(self, **named: Any) -> bool:  # noqa: ANN401  # the library's signature
        """Whether the code is right and may be tried."""
        if is_locked(self.user, clock.now()):
            self.form_errors.append(WRONG)
            return False
        if not _asked(self):
            return False
        self.code.data = normalize("NFKC", str(self.code.data))  # typed in full width
        return super().validate(**named)


class RecoveryForm(MfRecoveryForm):
    """A recovery code in place of the second factor; wrong ones count like wrong passwords."""

    def validate(self, **named: Any) -> bool:  # noqa: ANN401  # the library's signature
        """Whether the code is right and may be tried."""
        if is_locked(self.user, clock.now()):
            self.form_errors.append(WRONG)
            return False
        if not _asked(self):
            return False
        self.code.data = as_made(str(self.code.data))
        if super().validate(**named):
            return True
        if self.user is not None:
            self.user.track_failed_authn("recovery_code", tfa=True)
        return False
