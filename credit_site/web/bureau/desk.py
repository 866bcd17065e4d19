"""``/bureau/``: what waits for whoever is signed in."""

from __future__ import annotations

from flask import render_template

from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.web.bureau.access import account, needs


@needs(Permission.DESK)
def desk() -> str:
    """What is waiting, what is late, what came back, what was published."""
    me = account()
    return render_template("bureau/desk.html", me=me, bureau=bureau_name(me.agency))


@needs(Permission.DESK)
def own_account() -> str:
    """One's own account: role, password, second factor."""
    me = account()
    return render_template("bureau/own_account.html", me=me, bureau=bureau_name(me.agency))


_PLACES = (
    ("/bureau/", "工作台", Permission.DESK),
    ("/bureau/upload", "上传", Permission.SUBMIT),
    ("/bureau/submissions", "报送", Permission.READ),
    ("/bureau/accounts", "账号", Permission.ACCOUNTS),
    ("/bureau/account", "我的账号", Permission.DESK),
)


def places() -> list[tuple[str, str]]:
    """Where whoever is signed in may go: addresses and titles."""
    me = account()
    return [(href, title) for href, title, permission in _PLACES if me.may(permission)]


def bureau_name(slug: str) -> str:
    """The bureau in words; all of them for roles that belong to none."""
    return load_rulebook().agencies[slug].name if slug else "全部部门"
