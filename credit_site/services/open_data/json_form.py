"""JSON Lines for programs: each line is the item that the API gives, nothing in it altered."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from credit_site.services.open_data.reading import RecordRow
from credit_site.services.open_data.table import yuan


class JsonLinesEncoder:
    """Rows as lines; the content is passed on as it is stored, which is JSON already."""

    def __init__(self, site: str) -> None:
        self._site = site

    def begin(self) -> bytes:
        """Nothing stands before the rows."""
        return b""

    def rows(self, rows: Sequence[RecordRow]) -> bytes:
        """The lines of some rows."""
        option = orjson.OPT_APPEND_NEWLINE
        return b"".join([orjson.dumps(item(row, self._site), option=option) for row in rows])

    def end(self) -> bytes:
        """Nothing stands behind the rows."""
        return b""

    def close(self) -> None:
        """Nothing is held."""


def item(row: RecordRow, site: str) -> dict[str, object]:
    """A row as the API's item: the same names and values in the same order."""
    id_, register, list_name, subject, uscc, number, agency, division, *rest = row
    decided_on, fen, severity, start, end, disputed, content, *last = rest
    revision, seq, updated_at, salt, rule, subject_kind = last
    return {
        "id": id_,
        "register": register,
        "subject_name": subject,
        "uscc": uscc,
        "document_number": number,
        "agency": agency,
        "division": division,
        "list": list_name,
        "decided_on": decided_on,
        "amount_yuan": None if fen is None else yuan(fen),
        "severity": severity,
        "disputed": bool(disputed),
        "publication_start": start,
        "publication_end": end,
        "revision": revision,
        "ledger_seq": seq,
        "updated_at": zoned(updated_at),
        "url": f"{site}/records/{id_}",
        "content": orjson.Fragment(content),
        "proof": {"salt": salt.hex(), "rule": rule, "subject_kind": subject_kind},
    }


def zoned(moment: str) -> str:
    """A moment in UTC as the API writes it: 2026-06-01T02:00:00+00:00."""
    return f"{moment.replace(' ', 'T').removesuffix('.000000')}+00:00"
