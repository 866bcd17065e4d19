"""Every setting of the site in one table: environment name, type, default, help."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

PREFIX = "CREDIT_SITE_"


def _setting(default: str, help_text: str) -> str:
    value: str = field(default=default, metadata={"help": help_text})
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can set; each name is read from ``CREDIT_SITE_<NAME>``."""

    data_dir: str = _setting("var", "Folder of all data of this installation.")
    database_url: str = _setting(
        "", "SQLAlchemy address of the database; empty: SQLite under the data folder."
    )
    search_url: str = _setting(
        "",
        "Search engine: tantivy:PATH, whoosh:PATH, memory:; empty: tantivy under the data folder.",
    )
    secret_key: str = _setting(
        "",
        "Key that signs sessions and seals what is not public; empty: kept in the file secret_key "
        "under the data folder, made once. Losing it loses the sealed values.",
    )
    url: str = _setting(
        "http://127.0.0.1:8000",
        "Public address of the site, without a slash at the end; permanent links and feed ids.",
    )
    name: str = _setting("信用信息公示", "Name of the site, shown on every page.")
    hooks_private_network: str = _setting(
        "",
        "Networks that are not public to which web hooks may go all the same, commas between: "
        "10.20.0.0/16; with 127.0.0.0/8 also plain http to this machine, for trying.",
    )
    api_search_limit: str = _setting(
        "60/minute;1000/hour",
        "Searches by API for each address: NUMBER/minute, /hour or /day, ; between. Keys multiply.",
    )
    api_read_limit: str = _setting(
        "300/minute;10000/hour",
        "Everything else by API (records, lists, changes, suggestions) for each address.",
    )
    exchange_dir: str = _setting(
        "", "Folder below which exchange channels write; empty: exchange under the data folder."
    )
    websub_hub: str = _setting(
        "", "WebSub hub that is told when a standing feed changes (http, https); empty: none."
    )

    @property
    def hook_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks named for web hooks. Raises ValueError for what is none."""
        texts = (text.strip() for text in self.hooks_private_network.split(","))
        return tuple(ip_network(text) for text in texts if text)

    @property
    def data_path(self) -> Path:
        """The data folder, absolute."""
        return Path(self.data_dir).absolute()


@dataclass(frozen=True, slots=True)
class SettingHelp:
    """One row of the settings table that README shows."""

    environment: str
    default: str
    help: str


def setting_table() -> tuple[SettingHelp, ...]:
    """All settings in order, as README documents them."""
    return tuple(
        SettingHelp(PREFIX + item.name.upper(), str(item.default), item.metadata["help"])
        for item in fields(Settings)
    )


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment, with the defaults that depend on the data folder filled in."""
    source = os.environ if environ is None else environ
    given = {
        item.name: value.strip()
        for item in fields(Settings)
        if (value := source.get(PREFIX + item.name.upper(), "")).strip()
    }
    return complete(Settings(**given))


def complete(settings: Settings) -> Settings:
    """The same settings with database, search engine and secret key derived where left empty."""
    folder = settings.data_path
    _check_networks(settings)
    return Settings(
        data_dir=str(folder),
        database_url=settings.database_url or f"sqlite:///{folder / 'credit_site.sqlite3'}",
        search_url=_search_address(settings.search_url, folder),
        secret_key=settings.secret_key or _kept_secret(folder),
        url=settings.url.rstrip("/"),
        name=settings.name,
        hooks_private_network=settings.hooks_private_network,
        api_search_limit=settings.api_search_limit,
        api_read_limit=settings.api_read_limit,
        exchange_dir=str(Path(settings.exchange_dir or folder / "exchange").absolute()),
        websub_hub=settings.websub_hub,
    )


def _check_networks(settings: Settings) -> None:
    """A mistake is told at the start, not at the first delivery."""
    try:
        _ = settings.hook_networks
    except ValueError as error:
        raise ValueError(f"{PREFIX}HOOKS_PRIVATE_NETWORK: {error}") from None


def _search_address(given: str, folder: Path) -> str:
    engine, _, path = (given or "tantivy:").partition(":")
    if path or engine == "memory":
        return f"{engine}:{path}"
    return f"{engine}:{folder / 'index'}"


def _kept_secret(folder: Path) -> str:
    path = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _keep_new_secret(path)
    return path.read_text(encoding="ascii").strip()


def _keep_new_secret(path: Path) -> None:
    """Written whole beside and linked into place: two processes at once agree on one key."""
    draft = path.with_name(f".secret_key.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(secrets.token_hex(32) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
