"""What a page gives back of a form that came too late."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LateForm:
    """``before`` says in a sentence who was first: when, with what, why, on which document.

    ``wanted`` is what was sent, ``typed`` titles and texts of it.
    """

    before: str
    wanted: str
    typed: tuple[tuple[str, str], ...]
