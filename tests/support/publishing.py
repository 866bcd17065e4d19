"""Publishing entries in tests through the services, as an import does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import load_rulebook
from credit_site.services.amending import revoke
from credit_site.services.file_store import KeptFile
from credit_site.services.grounds import Fate, Ground
from credit_site.services.prepared import Prepared, prepare
from credit_site.services.publication import publish_staged
from credit_site.services.reviewing import Sealing
from credit_site.services.rows import ReadRow, stageable
from credit_site.services.submissions import Delivery, receive
from credit_site.services.taking import stage_rows, take_rows
from credit_site.vault import Vault

DELIVERY = Delivery("五月.xlsx", "penalty_2018_legal", "market-supervision", "clerk")


@dataclass
class Desk:
    """Hands entries in, each call as a file of its own."""

    session: Session
    vault: Vault
    now: datetime
    files: int = 0
    issues: list[str] = field(default_factory=list)

    def publish(self, *entries: Entry) -> Counter[str]:
        """Publishes entries; returns the counts."""
        taken = take_rows(self.session, self.vault, self.open(), self.rows(entries), self.now)
        self.issues += [issue.code for issue in taken.issues]
        return +taken.counts

    def stage(self, *entries: Entry) -> int:
        """Puts entries on the stage; returns the submission's number."""
        submission = self.open()
        rows = list(map(stageable, self.rows(entries)))
        stage_rows(self.session, self.vault, submission, rows, self.now)
        return submission

    def change(self, record_id: int, entry: Entry) -> None:
        """Withdraws a record as changed, and publishes the changed decision after review."""
        ground = Ground("复议后变更", "郑政复决〔2026〕1号", self.now.date())
        tools = Sealing(self.vault, load_rulebook())
        revoke(self.session, tools, record_id, Fate.CHANGED, ground, "reviewer", self.now)
        publish_staged(self.session, self.vault, self.stage(entry), "reviewer", self.now)

    def open(self) -> int:
        """A new submission."""
        self.files += 1
        kept = KeptFile(f"{self.files:064x}", 1)
        return receive(self.session, kept, DELIVERY, self.now).submission_id

    def rows(self, entries: Sequence[Entry]) -> list[ReadRow[Prepared]]:
        """Entries as rows that were read, from row 2 on."""
        return [
            ReadRow(number, prepare(number, entry, self.vault), ())
            for number, entry in enumerate(entries, 2)
        ]
