"""Numbers of papers handed out here: two letters of the kind, the day, what nobody guesses.

Whoever has such a number may see at ``/verify/<number>`` whether the paper is genuine.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import date

from credit_site.domain.identifiers import normalise_code

TAIL = 10
"""Characters of base 32 (RFC 4648): 50 bits that nobody guesses."""
_DAY = 8
_MISREAD = str.maketrans("018", "OIB")
"""Digits that base 32 has not, as the letters they are taken for."""


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one kind of paper, CX20260601-ABCDEFGH23; ``prefix`` is two capitals."""

    prefix: str

    def number(self, day: date, drawn: bytes) -> str:
        """A new number from at least seven random bytes."""
        tail = base64.b32encode(drawn).decode()[:TAIL]
        assert "=" not in tail, "too few random bytes"
        return f"{self.prefix}{day:%Y%m%d}-{tail}"

    def read(self, text: str) -> str:
        """A number in its one spelling; "" for what can be none of this kind.

        Blanks, hyphens, width and case do not matter, nor 0, 1, 8 for O, I, B.
        """
        plain = normalise_code(text)
        at = len(self.prefix) + _DAY
        begin, tail = plain[:at], plain[at:].translate(_MISREAD)
        pattern = rf"{self.prefix}\d{{{_DAY}}}[A-Z2-7]{{{TAIL}}}"
        return f"{begin}-{tail}" if re.fullmatch(pattern, begin + tail, re.ASCII) else ""
