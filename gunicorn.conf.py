"""How gunicorn serves the site, locally through scripts/serve and in production alike."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http.errors import InvalidRequestLine, ParseException
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser

from credit_site.domain.identifiers import mask_personal_numbers

_QUOTED = re.compile("['\"]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


def one_line(text: str) -> str:
    """Line ends and other control characters escaped: nobody writes a line of his own into it."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


class DiscreetLogger(Logger):  # type: ignore[misc]
    """Writes no query strings and no personal numbers: what people search for is theirs.

    信息安全技术 个人信息安全规范 (GB/T 35273-2020) 5.2: no more personal data than needed.
    """

    def access(
        self,
        resp: Any,  # noqa: ANN401 (gunicorn's own shapes)
        req: Any,  # noqa: ANN401
        environ: dict[str, Any],
        request_time: timedelta,
    ) -> None:
        """A line for an answer: time, address, what was asked but for the query, how it ended.

        gunicorn's own gathers all headers and all of the environment before it knows what its
        format wants: longer than it takes to send a page that lies ready.
        """
        if not self.access_log_enabled:
            return
        path = one_line(mask_personal_numbers(environ["PATH_INFO"]))
        asked = f"{environ['REQUEST_METHOD']} {path} {environ['SERVER_PROTOCOL']}"
        status = str(resp.status).partition(" ")[0]
        taken = f"{request_time // timedelta(milliseconds=1)}ms"
        who = environ.get("REMOTE_ADDR", "-")
        self.access_log.info(
            '%s %s "%s" %s %s %s', self.now(), who, asked, status, resp.sent, taken
        )

    def warning(self, msg: str, *args: object, **options: Any) -> None:  # noqa: ANN401
        """What was wrong with a request, but none of what stood in it: that comes in quotes."""
        said = msg % args if args else msg
        super().warning("%s", one_line(_QUOTED.split(said, 1)[0]), **options)

    def exception(self, msg: str, *args: object, **options: Any) -> None:  # noqa: ANN401
        """An error with a request's address: the address without what was asked."""
        plain = (one_line(mask_personal_numbers(str(item).partition("?")[0])) for item in args)
        super().exception(msg, *plain, **options)


class AnyScript(Request):  # type: ignore[misc]
    """A request whose address may hold Chinese as it is typed into a shell or a feed reader.

    HTTP knows ASCII alone (RFC 9112, 3.2); the rest is percent-encoded here, as browsers do it
    (RFC 3987, 3.1). gunicorn would answer 400.
    """

    def parse_request_line(self, line_bytes: bytes) -> None:
        """The request line, after its address was percent-encoded.

        Raises InvalidRequestLine without a word of the line: it is answered and logged as it is.
        """
        method, *rest = line_bytes.split(b" ", 1)
        encoded = (_BEYOND_ASCII.sub(lambda one: b"%%%02X" % one[0][0], part) for part in rest)
        try:
            super().parse_request_line(b" ".join([method, *encoded]))
        except ParseException:
            raise InvalidRequestLine("not as RFC 9112 has it") from None


# An attribute that is there to be set, in a class for which there is no setting.
RequestParser.mesg_class = AnyScript
http_parser = "python"

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

# Signals are enough to steer it; a socket in the home folder would be shared by every site.
control_socket_disable = True
