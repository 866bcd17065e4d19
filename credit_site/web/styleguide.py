"""``/styleguide``: every colour, size and part of the site's look, each with its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, current_app, render_template

blueprint = Blueprint("styleguide", __name__)
_TOKEN = re.compile(r"--([a-z0-9-]+): ([^;]+);")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Token:
    """A named value of site.css; what dark.css and large.css say instead, empty: the same."""

    name: str
    value: str
    dark: str
    large: str

    @property
    def colour(self) -> bool:
        """Whether it is a colour."""
        return bool(_COLOUR.fullmatch(self.value))


@blueprint.get("/styleguide")
def show() -> str:
    """Tokens as the stylesheets have them, and the parts that are made of them."""
    tokens = design_tokens(Path(current_app.static_folder or ""))
    return render_template(
        "styleguide.html",
        colours=[token for token in tokens if token.colour],
        sizes=[token for token in tokens if token.name.startswith("text-")],
        others=[t for t in tokens if not t.colour and not t.name.startswith("text-")],
    )


@lru_cache(maxsize=1)
def design_tokens(folder: Path) -> tuple[Token, ...]:
    """The tokens of the stylesheets in a folder, in their order."""
    own, dark, large = (
        dict(_declared(folder / f"{name}.css")) for name in ("site", "dark", "large")
    )
    return tuple(Token(n, v, dark.get(n, ""), large.get(n, "")) for n, v in own.items())


def _declared(path: Path) -> Iterator[tuple[str, str]]:
    """What the first ``:root`` of a stylesheet declares."""
    block = path.read_text(encoding="utf-8").partition(":root {")[2].partition("\n}")[0]
    yield from ((found[1], found[2]) for found in _TOKEN.finditer(block))
