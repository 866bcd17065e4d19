"""Documents as PDF: a template below ``templates/pdf`` and plain data make the bytes.

Tagged for readers of screens (PDF/UA-1, ISO 14289-1), in Chinese, with its own letters in it; the
same data and moment give the same bytes on every machine. Data reach the template as data (JSON in
``sys.inputs``): whatever stands in a name is written out, never obeyed.

Each document is set in a process of its own (``pdf_process``) with limits on time and memory.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import orjson

from credit_site.domain.errors import CreditSiteError

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "pdf"
FONTS = Path(__file__).resolve().parents[1] / "fonts"
_PROCESS, _FAILED = Path(__file__).with_name("pdf_process.py"), 10
"""Named by its path and answer: whoever imports it loads all of Typst."""
MOST_SECONDS = 20
"""Processor time; 2,000 penalties take about three."""
_PATIENCE = 3
"""Times as long on the clock, where the machine is busy."""
MOST_MEMORY = 2 << 30
"""Bytes of address space; the library and its threads reserve much more than they use."""


class PdfTooHeavy(CreditSiteError):
    """The document would take more time or memory than one may."""


class PdfBroken(CreditSiteError):
    """The template and the data do not go together; the message holds no data."""


def render_pdf(
    template: str, data: Mapping[str, object], at: datetime, seconds: int = MOST_SECONDS
) -> bytes:
    """The PDF of a template (``company_report.typ``) and its data, dated ``at``.

    ``data`` is what JSON can say, ``seconds`` of the processor. Raises PdfTooHeavy, PdfBroken.
    """
    asked = {
        "template": str(TEMPLATES / template),
        "root": str(TEMPLATES),
        "fonts": str(FONTS),
        "at": int(at.timestamp()),
        "memory": MOST_MEMORY,
        "seconds": seconds,
        "data": data,
    }
    command = [sys.executable, "-I", str(_PROCESS)]
    try:
        ended = subprocess.run(
            command,
            input=orjson.dumps(asked),
            capture_output=True,
            timeout=seconds * _PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfTooHeavy(template) from error
    if ended.returncode == 0:
        return ended.stdout
    if ended.returncode == _FAILED:
        raise PdfBroken(template)
    raise PdfTooHeavy(template)
