"""What Python has freed goes back to the system, where the C library does it on request."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """After something large; glibc keeps what is freed between two things still needed."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
