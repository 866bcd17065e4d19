"""The press of the credit reports: one at work, few in the line, nobody for ever."""

from __future__ import annotations

import pytest

from credit_site.web.company_reports.press import AT_PRESS, Busy, Press


def test_only_so_many_wait_at_the_press() -> None:
    press = Press(patience=0.0)
    with press.turn():
        for _ in range(AT_PRESS + 1):
            with pytest.raises(Busy), press.turn():
                pass
    with press.turn():
        pass
