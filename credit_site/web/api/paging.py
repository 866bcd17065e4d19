"""Items by falling ledger number, a piece at a time."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from credit_site.domain.public_form import JsonValue
from credit_site.services.public_items import item
from credit_site.services.public_records import PublicRecord
from credit_site.web.frame import site_settings


def piece(path: str, records: Sequence[PublicRecord], limit: int) -> dict[str, JsonValue]:
    """``items`` and ``next`` of up to ``limit`` records; there is one more where more follow.

    ``next`` is the address of those that follow, null at the end.
    """
    site, shown = site_settings().url, records[:limit]
    following = None
    if len(records) > limit:
        asked = urlencode({"limit": limit, "before": shown[-1].ledger_seq})
        following = f"{site}{path}?{asked}"
    return {"items": [item(record, site) for record in shown], "next": following}
