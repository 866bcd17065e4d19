"""What comes with a request beside its address: forms, files, bodies, each within its limit.

Only this module reads them; what they say is for the view to make sense of.
"""

from __future__ import annotations

from typing import IO

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from credit_site.domain.identifiers import mask_personal_numbers


def body(most_bytes: int) -> bytes:
    """The whole body; raises RequestEntityTooLarge (413)."""
    request.max_content_length = most_bytes
    return request.get_data(cache=False)


def body_stream(most_bytes: int) -> IO[bytes]:
    """The body as it comes in; reading on after ``most_bytes`` raises (413)."""
    request.max_content_length = most_bytes
    return request.stream


def allow_form(most_bytes: int) -> None:
    """Lets the form of this request be larger than usual; to be said before it is read."""
    request.max_content_length = request.max_form_memory_size = most_bytes


def allow_upload(most_bytes: int) -> None:
    """Lets one large file come with this request; its other fields stay as small as usual."""
    request.max_content_length = most_bytes


def form_texts(prefix: str, most: int) -> list[str | None]:
    """The fields ``prefix0``, ``prefix1``…; None for those that were not sent."""
    return [request.form.get(f"{prefix}{number}") for number in range(most)]


def form_choices(name: str) -> list[str]:
    """All values that a field of the form was sent with; none: it was not sent."""
    return request.form.getlist(name)


def form_text(name: str) -> str:
    """A field of the form as it was sent; "" for none."""
    return request.form.get(name, "")


def form_text_again(name: str) -> str:
    """A field as a page gives it back: numbers of personal documents are never said again."""
    return mask_personal_numbers(form_text(name))


def form_fields() -> MultiDict[str, str]:
    """The whole form, for a library that makes sense of it."""
    return request.form


def form_parts(name: str) -> str | None:
    """A field of the form; several of one name joined by «;», None where none was sent."""
    sent = request.form.getlist(name)
    return ";".join(part for part in sent if part) if sent else None


def given_text(name: str) -> str | None:
    """A field of the form or the address as it was sent; None for none."""
    return request.values.get(name)


def uploads(name: str) -> list[FileStorage]:
    """The files that were chosen under one name."""
    return [one for one in request.files.getlist(name) if one.filename]


def any_upload() -> bool:
    """Whether a file was chosen under any name."""
    return any(one.filename for one in request.files.values())


def upload(name: str) -> FileStorage | None:
    """An uploaded file; None where none was chosen."""
    found = request.files.get(name)
    return found if found is not None and found.filename else None
