"""How gunicorn serves the site, locally through scripts/serve and in production alike."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from credit_site.domain.identifiers import mask_personal_numbers


def one_line(text: str) -> str:
    """Line ends and other control characters escaped: nobody writes a line of his own into it."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


class DiscreetLogger(Logger):  # type: ignore[misc]
    """Writes no query strings and no personal numbers: what people search for is theirs.

    信息安全技术 个人信息安全规范 (GB/T 35273-2020) 5.2: no more personal data than needed.
    """

    def atoms(self, *parts: Any) -> dict[str, Any]:  # noqa: ANN401 (gunicorn's own shapes)
        """The parts of an access line, the path masked."""
        found: dict[str, Any] = super().atoms(*parts)
        return found | {"U": one_line(mask_personal_numbers(str(found["U"])))}

    def exception(self, msg: str, *args: object, **options: Any) -> None:  # noqa: ANN401
        """An error with a request's address: the address without what was asked."""
        plain = (one_line(mask_personal_numbers(str(item).partition("?")[0])) for item in args)
        super().exception(msg, *plain, **options)


wsgi_app = "credit_site.app:create_app()"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"

# Threads answer while others wait for the disk; two processes use two cores.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Not preloaded: the engine's threads and open database connections do not survive a fork, and
# only so can HUP bring in new code without a pause.
preload_app = False

# A search of 200 characters and every filter, percent-encoded, fits into a line of this many bytes.
limit_request_line = 8190

timeout = 60
graceful_timeout = 30
keepalive = 5
# The heartbeat file must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

logger_class = DiscreetLogger
accesslog = "-"
access_log_format = '%(t)s %(h)s "%(m)s %(U)s %(H)s" %(s)s %(B)s %(M)sms'

# Signals are enough to steer it; a socket in the home folder would be shared by every site.
control_socket_disable = True
