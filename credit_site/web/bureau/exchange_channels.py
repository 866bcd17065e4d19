"""``/bureau/exchange/channels``: where to, set by the credit office; receipts brought by hand."""

from __future__ import annotations

from pathlib import PurePath

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.states import RowState
from credit_site.extensions import clock, db
from credit_site.services.exchange import channels
from credit_site.services.exchange.channels import ChannelView, ChannelWishes
from credit_site.services.exchange.receipt_sources import ReceiptReader
from credit_site.services.exchange.terms import ExchangeProblem
from credit_site.web.bodies import form_text, upload
from credit_site.web.bureau.access import actor, needs
from credit_site.web.bureau.exchange import tools

TARGETS = [("folder", "文件夹"), ("database", "前置库（数据库）")]
SCHEDULES = [("publication", "每次公示以后"), ("daily", "每天一次")]


@needs(Permission.EXCHANGE)
def form() -> str:
    """The form of a new channel."""
    return _form(None, ChannelWishes("", "", "folder", "xml", "", "", "publication", "6"))


@needs(Permission.EXCHANGE)
def make() -> AnyResponse | tuple[str, int]:
    """Makes a channel whose target answers."""
    wishes = _wishes()
    try:
        channels.make_channel(db.session(), tools(), wishes, actor(), clock.now())
    except ExchangeProblem as problem:
        return _form(None, wishes, str(problem)), 422
    flash("通道已经建立，试连成功。第一批会送出全部正在公示的信息。")
    return redirect(url_for("bureau.exchange"), code=303)


@needs(Permission.EXCHANGE)
def edit(number: int) -> str:
    """The form of a channel."""
    found = _found(number)
    return _form(found, _as_wishes(found))


@needs(Permission.EXCHANGE)
def change(number: int) -> AnyResponse | tuple[str, int]:
    """Changes a channel."""
    found, wishes = _found(number), _wishes()
    try:
        channels.change_channel(db.session(), tools(), number, wishes, actor(), clock.now())
    except ExchangeProblem as problem:
        return _form(found, wishes, str(problem)), 422
    flash("已经保存，试连成功。")
    return redirect(url_for("bureau.exchange"), code=303)


@needs(Permission.EXCHANGE)
def deed(number: int, deed: str) -> AnyResponse:
    """Pauses a channel, lets it go on, tries its target out."""
    _found(number)
    try:
        if deed == "try":
            channels.try_channel(db.session(), tools(), number, clock.now())
            flash("试连成功，可以送达。")
        else:
            active = deed == "resume"
            channels.set_active(db.session(), number, actor(), clock.now(), active=active)
            flash("通道已经恢复，从停下的地方接着送。" if active else "通道已经暂停。")
    except ExchangeProblem as problem:
        flash(str(problem), "error")
    return redirect(url_for("bureau.exchange_channel", number=number), code=303)


@needs(Permission.EXCHANGE)
def take_receipt(number: int) -> AnyResponse:
    """Takes a receipt that came another way."""
    _found(number)
    sent = upload("file")
    try:
        if sent is None:
            raise ExchangeProblem("还没有选文件。请选平台给的回执（CSV、XLSX、XLS 或者 XML）。")
        name = PurePath((sent.filename or "").replace("\\", "/")).name
        reader = ReceiptReader(db.session(), tools(), number, clock.now())
        found = reader.upload(name, sent.stream.read())
        counts = found.counts
        flash(
            f"回执已读：入库 {counts[RowState.ACCEPTED]} 行，退回 {counts[RowState.REFUSED]} 行。"
        )
        if found.unknown:
            flash(f"有 {found.unknown} 行没有对上。{found.problem}", "error")
    except ExchangeProblem as problem:
        flash(str(problem), "error")
    return redirect(url_for("bureau.exchange_channel", number=number), code=303)


def _found(number: int) -> ChannelView:
    found = channels.channel(db.session(), number) if number < 1 << 62 else None
    if found is None:
        abort(404)
    return found


def _wishes() -> ChannelWishes:
    return ChannelWishes(
        *(
            form_text(name)
            for name in (
                "name", "profile", "target", "format", "folder", "address", "schedule", "hour",
            )
        )
    )  # fmt: skip


def _as_wishes(one: ChannelView) -> ChannelWishes:
    return ChannelWishes(
        one.name, one.profile, one.target, one.format, one.folder, "", one.schedule, str(one.hour)
    )


def _form(found: ChannelView | None, wishes: ChannelWishes, error: str = "") -> str:
    book = load_rulebook()
    return render_template(
        "bureau/exchange/channel.html",
        one=found,
        wishes=wishes,
        error=error,
        profile=book.profiles.get(wishes.profile),
        profiles=[(one.name, one.title) for one in book.profiles.values()],
        formats=[("xml", "XML"), ("xlsx", "XLSX"), ("csv", "CSV")],
        targets=TARGETS,
        schedules=SCHEDULES,
    )
