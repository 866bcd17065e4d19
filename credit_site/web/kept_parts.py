"""Parts of pages that follow from what they are given and from nothing else: made once a process.

What a macro says of a term of law, of the look or of the present section is the same text on every
page. Macros that are kept so must not ask for the request, the database or the day.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from flask import current_app
from markupsafe import Markup

MOST_PARTS = 1_000


@lru_cache(maxsize=MOST_PARTS)
def kept(component: str, macro: str, *given: Hashable) -> Markup:
    """What a macro of ``templates/components`` makes of these.

    Raises jinja2.TemplateNotFound and AttributeError for what is not there.
    """
    module = current_app.jinja_env.get_template(f"components/{component}.html").module
    made: Markup = getattr(module, macro)(*given)
    return made
