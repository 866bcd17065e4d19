"""``user``: accounts, from the command line; the first administrator comes from here."""

from __future__ import annotations

import click

from credit_site.cli.context import actor, with_app
from credit_site.domain.permissions import Role
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.accounts import AccountProblem, AccountWishes, add_account


@click.group(help="Accounts of people who sign in.")
def user() -> None:
    """Holds the commands below."""


@user.command("add", help="Make an account; prints the password it begins with.")
@click.argument("email")
@click.option("--name", required=True, help="Whose it is.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--agency", default="", type=click.Choice(["", *sorted(load_rulebook().agencies)]))
@with_app
def add(email: str, name: str, role: str, agency: str) -> None:
    """The password must be changed at the first sign-in."""
    wishes = AccountWishes(email, name, Role(role), agency)
    try:
        password = add_account(db.session(), wishes, actor(), clock.now())
    except AccountProblem as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"{email} · {password}")
    click.echo("第一次登录后必须修改密码。登录地址：/bureau/")
