"""The registers as files: as they are now, streamed, and as the snapshots of a day hold them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from typing import Any

from flask import Response, abort, render_template, request, send_file

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.open_data.forms import FORMS, Encoder, Form, Occasion, Stream
from credit_site.services.open_data.manifest import Snapshot, WrittenFile
from credit_site.services.open_data.patching import PatchingEncoder, kept_file
from credit_site.services.open_data.reading import FrozenRead
from credit_site.web.data.standing import day_named, register_named, shelf, standing_now
from credit_site.web.frame import site_settings
from credit_site.web.streams import attached, sent, turns


def whole(register: str, ending: str) -> Response:
    """A register as it is now, read in one transaction: what has ended is never in it."""
    return _streamed(register_named(register).name, FORMS[ending])


def plain(register: str) -> Response:
    """The same as CSV without a byte order mark."""
    return _streamed(register_named(register).name, FORMS["plain.csv"])


def dated(day: str, name: str) -> Response | tuple[str, int]:
    """A file of a day's snapshot, if nothing in it has ended since; else 410, with the way on.

    Where the day has a later snapshot, an earlier one was withdrawn: it is 410 as before.
    """
    snapshot = shelf().snapshot(day_named(day))
    if snapshot is None:
        abort(404)
    file = snapshot.file(name)
    if file is None:
        return _replaced(snapshot, name)
    standing = standing_now(snapshot)
    if standing.withdrawn is not None:
        return _withdrawn(standing, file)
    path = shelf().path(standing, name)
    if path is None:  # withdrawn or replaced between two looks
        abort(404)
    response = send_file(
        path, FORMS[file.form].media_type, as_attachment=True, etag=file.sha256, conditional=True
    )
    return attached(response, _dated_name(standing, file))


def _streamed(register: str, form: Form) -> Response:
    with ExitStack() as held:
        held.callback(turns().take())
        read = held.enter_context(closing(FrozenRead(db.engine, clock.today())))
        state = read.state
        occasion = Occasion(load_rulebook(), register, site_settings().url, state.moment)
        batches, encoder = _source(read, form, occasion)
        stream = Stream(batches, encoder, held.pop_all().close)
    response = sent(stream, form, f"{register}-{state.day}-{state.seq}.{form.ending}")
    response.set_etag(f"{register}-{form.ending}-{state.day}-{state.seq}", weak=True)
    response.make_conditional(request)
    return response


def _source(
    read: FrozenRead, form: Form, occasion: Occasion
) -> tuple[Iterator[Sequence[Any]], Encoder[Any]]:
    """From the day's snapshot where there is one, else all of it made anew: the same bytes."""
    register, encoder = occasion.register, form.make(occasion)
    if (kept := kept_file(shelf(), read, form, occasion)) is None:
        return read.rows(register, values=form.values), encoder
    return kept.pieces(read, register), PatchingEncoder(kept, encoder)


def _dated_name(snapshot: Snapshot, file: WrittenFile) -> str:
    register = file.name.partition("-")[0]
    return f"{register}-{snapshot.day}-{snapshot.seq}.{file.form}"


def _replaced(snapshot: Snapshot, name: str) -> tuple[str, int]:
    """410 for the name of a file that an earlier snapshot of the day can have had; else 404."""
    file = next((file for file in snapshot.files if _earlier(snapshot, file, name)), None)
    if file is None:
        abort(404)
    return _notice(snapshot, file, "")


def _earlier(snapshot: Snapshot, file: WrittenFile, name: str) -> bool:
    begin, _, end = file.name.partition(f"-{snapshot.seq}")
    seq = name.removeprefix(f"{begin}-").removesuffix(end)
    return name == f"{begin}-{seq}{end}" and seq.isdecimal() and int(seq) < snapshot.seq


def _withdrawn(snapshot: Snapshot, file: WrittenFile) -> tuple[str, int]:
    return _notice(snapshot, file, f"/data/snapshots/{snapshot.day}/manifest.json")


def _notice(snapshot: Snapshot, file: WrittenFile, manifest: str) -> tuple[str, int]:
    """410, with the way to what stands now; ``manifest`` is where the snapshot's own still is."""
    current = f"/data/{file.name.partition('-')[0]}.{file.form}"
    page = render_template(
        "data/withdrawn.html", day=snapshot.day, current=current, manifest=manifest
    )
    return page, 410
