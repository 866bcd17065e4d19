"""Signing in with Flask-Security: password (argon2), second factor (TOTP), recovery codes."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import timedelta

from flask import (
    Flask,
    Request,
    Response,
    abort,
    current_app,
    g,
    redirect,
    request,
    session,
    url_for,
)
from flask_login import user_logged_out
from flask_security import (
    MailUtil,
    Security,
    password_changed,
    user_authenticated,
    user_failed_authn,
)
from flask_wtf.csrf import CSRFProtect
from limits import parse_many
from werkzeug.wrappers import Response as AnyResponse

from credit_site.extensions import clock, db
from credit_site.services.sign_ins import (
    AccountStore,
    has_ended,
    note_failure,
    note_password_change,
    note_sign_in,
    note_sign_out,
)
from credit_site.settings import Settings
from credit_site.web.bureau.access import BEGAN, NUMBER, private
from credit_site.web.bureau.one_time_codes import OneTimeCodes, RecoveryCodes
from credit_site.web.bureau.sessions import PLACE, DeskSessions, on_desk
from credit_site.web.bureau.sign_in_forms import CodeForm, RecoveryForm, SignInForm
from credit_site.web.bureau.sign_in_words import MESSAGES
from credit_site.web.tally import allowed

IDLE = timedelta(minutes=30)
SHORTEST_PASSWORD = 12
ATTEMPTS = parse_many("20 per minute; 100 per hour")
"""What one address may try at each of the pages that ask for something secret."""
_ASK_FOR_SECRETS = frozenset(
    f"security.{name}" for name in ("login", "two_factor_token_validation", "mf_recovery", "verify")
)
csrf = CSRFProtect()


class NoMail(MailUtil):
    """This installation sends no mail; nothing that would is switched on."""

    def send_mail(self, *arguments: object, **named: object) -> None:
        """Sends nothing."""


def init_signing_in(app: Flask, settings: Settings) -> None:
    """Configures sign-in; every address of it stands under ``/bureau/``."""
    app.session_interface = DeskSessions()
    app.config.update(_configuration(settings))
    app.config.update({f"SECURITY_MSG_{name}": text for name, text in MESSAGES.items()})
    csrf.init_app(app)
    app.before_request(_nobody_outside)
    app.before_request(_slow_down)
    app.before_request(_sign_out_by_token)
    app.before_request(_forget_ended)
    app.before_request(_write_at_once)  # before Flask-Security looks who it is
    Security(
        app,
        AccountStore(clock.now),
        login_form=SignInForm,
        two_factor_verify_code_form=CodeForm,
        mf_recovery_form=RecoveryForm,
        mail_util_cls=NoMail,
        totp_cls=OneTimeCodes,
        mf_recovery_codes_util_cls=RecoveryCodes,
    )
    app.login_manager.request_loader(_no_token)  # type: ignore[attr-defined]  # Flask-Login's
    app.view_functions["security.two_factor_rescue"] = _no_rescue
    app.after_request(_private_sign_in)
    _listen(app)


def _configuration(settings: Settings) -> dict[str, object]:
    secure = settings.url.startswith("https:")
    return {
        "SESSION_COOKIE_NAME": "desk",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": IDLE,
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SALT": _derived(settings, "password salt"),
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        "SECURITY_PASSWORD_NORMALIZE_FORM": "NFKC",
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_CHANGEABLE": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [_fernet_key(settings)],
        "SECURITY_TOTP_SECRETS": {"1": _derived(settings, "second factor")},
        "SECURITY_TOTP_ISSUER": settings.name,
        "SECURITY_FRESHNESS": timedelta(hours=1),
        "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(minutes=10),
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
        "RATELIMIT_ENABLED": True,
        **_addresses(),
    }


def _addresses() -> dict[str, object]:
    return {
        "SECURITY_LOGIN_URL": f"{PLACE}/sign-in",
        "SECURITY_LOGOUT_URL": f"{PLACE}/sign-out",
        "SECURITY_CHANGE_URL": f"{PLACE}/password",
        "SECURITY_VERIFY_URL": f"{PLACE}/password/again",
        "SECURITY_TWO_FACTOR_SETUP_URL": f"{PLACE}/second-factor",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": f"{PLACE}/second-factor/code",
        "SECURITY_TWO_FACTOR_RESCUE_URL": f"{PLACE}/second-factor/rescue",
        "SECURITY_TWO_FACTOR_SELECT_URL": f"{PLACE}/second-factor/select",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": f"{PLACE}/recovery-codes",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": f"{PLACE}/second-factor/recovery",
        "SECURITY_POST_LOGIN_VIEW": f"{PLACE}/",
        "SECURITY_POST_LOGOUT_VIEW": f"{PLACE}/sign-in",
        "SECURITY_POST_CHANGE_VIEW": f"{PLACE}/",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": f"{PLACE}/account",
    }


def _nobody_outside() -> None:
    """Outside the desk nobody is signed in, and nobody is looked for: sessions live there alone.

    Where Flask-Login keeps whom it found for a request, as its own test client writes it.
    """
    if not on_desk(request.path):
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # noqa: SLF001


def _slow_down() -> None:
    endpoint = request.endpoint or ""
    asks = endpoint in _ASK_FOR_SECRETS and request.method == "POST"
    if asks and not allowed(endpoint, ATTEMPTS):
        abort(429)


def _sign_out_by_token() -> None:
    """Flask-Security asks for no token here: another site could sign people out."""
    if request.endpoint == "security.logout":
        csrf.protect()


def _forget_ended() -> None:
    """A copy of the cookie of a session that ended opens nothing."""
    number = session.get(NUMBER, "")
    if not number:
        return
    if has_ended(db.session(), number):
        session.clear()
    db.session().rollback()  # what follows begins its transaction in its own way


def _write_at_once() -> None:
    """Flask-Security reads, then writes: on SQLite the lock is taken before it reads."""
    if _is_sign_in() and request.method == "POST":
        db.session().connection(execution_options={"sqlite_begin": "IMMEDIATE"})


def _private_sign_in(response: Response) -> Response:
    return private(response) if _is_sign_in() else response


def _is_sign_in() -> bool:
    return (request.endpoint or "").startswith("security.")


def _listen(app: Flask) -> None:
    user_authenticated.connect(_on_sign_in, app)
    user_failed_authn.connect(_on_failure, app)
    password_changed.connect(_on_password_change, app)
    user_logged_out.connect(_on_sign_out, app)


def _on_sign_in(_app: Flask, user: object, **_more: object) -> None:
    session.permanent = True
    session[BEGAN], session[NUMBER] = clock.now().timestamp(), secrets.token_hex(16)
    note_sign_in(db.session(), user, clock.now())


def _on_failure(_app: Flask, user: object, auth_type: str, **_more: object) -> None:
    note_failure(db.session(), user, auth_type, clock.now())


def _on_password_change(_app: Flask, user: object, **_more: object) -> None:
    note_password_change(db.session(), user, clock.now())


def _on_sign_out(_app: Flask, user: object, **_more: object) -> None:
    note_sign_out(db.session(), user, session.get(NUMBER, ""), clock.now())


def _no_token(_request: Request) -> None:
    """Who is signed in is in the session alone; bodies are not looked through for a token.

    Flask-Security would read every JSON body for one, of programs' calls too.
    """


def _no_rescue() -> AnyResponse:
    """Without mail there are recovery codes and the administrator."""
    return redirect(url_for("security.mf_recovery"))


def _derived(settings: Settings, purpose: str) -> str:
    return hashlib.blake2b(
        purpose.encode(), key=settings.secret_key.encode()[:64], digest_size=32
    ).hexdigest()


def _fernet_key(settings: Settings) -> bytes:
    """Fernet's form of a key; of the same secret as everything that is sealed."""
    return base64.urlsafe_b64encode(bytes.fromhex(_derived(settings, "recovery codes")))
