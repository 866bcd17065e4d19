"""What everybody will read of a case: nothing private in it, and somebody has read it through.

Not published are home addresses, telephones and the names of persons other than the punished
(行政处罚法 第50条, 个人信息保护法). Telephones, addresses and accounts are found and refused, for a
case states its facts in its own words; names of persons only a reader finds. So whoever writes the
text and whoever lets it out confirm, each by a tick of their own, that they have read it.
"""

from __future__ import annotations

from credit_site.services.listing_cases.deeds import Deed
from credit_site.services.private_facts import without_private_parts
from credit_site.services.reviewing import NotPossible

READ = "read_through"
HAS_READ = "已经逐字看过将要公开的内容：没有当事人以外的自然人姓名，没有住址、电话、账号等个人信息"


def read_through(deed: Deed) -> None:
    """Raises NotPossible where nobody has read what goes out, or where it is private."""
    without_private_parts(deed.content.get("facts", ""))
    if not deed.said.get(READ):
        raise NotPossible(f"请确认：{HAS_READ}。")
