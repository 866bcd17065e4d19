"""What the parts of exchange work with, and how they say that something cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from credit_site.domain.rulebook import Rulebook, load_rulebook
from credit_site.extensions import Clock, CurrentClock
from credit_site.services.file_store import FileStore
from credit_site.settings import Settings
from credit_site.vault import Vault


class ExchangeProblem(Exception):
    """It cannot be done like this; the text says in Chinese what to do, and holds no secret."""


class TargetKind(StrEnum):
    """Where a channel's batches go."""

    FOLDER = "folder"
    DATABASE = "database"


class Schedule(StrEnum):
    """When a channel's batches are cut."""

    PUBLICATION = "publication"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class ExchangeTools:
    """``root`` is the folder below which channels write, ``work`` one for files being read."""

    vault: Vault
    rulebook: Rulebook
    clock: Clock | CurrentClock
    files: FileStore
    root: Path
    work: Path


def exchange_tools(settings: Settings, vault: Vault, clock: Clock | CurrentClock) -> ExchangeTools:
    """The tools of an installation."""
    folder = settings.data_path
    files = FileStore(folder / "files", vault)
    root = Path(settings.exchange_dir)
    return ExchangeTools(vault, load_rulebook(), clock, files, root, folder / "work")
