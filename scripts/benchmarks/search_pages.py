"""The search page, the page of a record, and Datasette's pages of the same rows, same clients.

Each address is asked for once, so that no answer comes from a cache. The clients run on the same
machine and take their share of its cores from both sites alike.
"""

from __future__ import annotations

import argparse
import os
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from scripts.benchmarks.harness import TOP, Part, table

PROGRAMS = TOP / ".venv" / "bin"
GUNICORN: list[Part] = [PROGRAMS / "gunicorn", "--config", "gunicorn.conf.py"]
CLIENTS = 8
PAGE_SECONDS = 60
RECORD_PAGES = 2_000
START_SECONDS = 60
COMMON = (
    "食品",
    "商标",
    "注册商标",
    "郑州",
    "有限公司",
    "罚款",
    "2025",
    "执法人员",
    "市场监督管理局",
)
PEER_FACETS = ("register", "agency", "division", "violation_type", "year", "campaign", "severity")
HEADER = [f"page, {CLIENTS} clients", "pages", "requests/s", "p50 ms", "p95 ms", "failed"]


@dataclass(slots=True)
class Timings:
    """Seconds of each request, wall seconds of all, and how many found nothing."""

    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0
    empty: int = 0

    def at(self, share: float) -> float:
        """Milliseconds within which that share of the requests was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1_000

    def row(self, name: str) -> list[str]:
        """Count, p50, p95, worst in milliseconds, and empty answers."""
        figures = [f"{self.at(share):,.1f}" for share in (0.5, 0.95, 1.0)]
        return [name, str(len(self.seconds)), *figures, str(self.empty)]


def report_pages(
    environ: Mapping[str, str], peer: Path, asked: Sequence[str], typed: Sequence[str]
) -> str:
    """The table of search pages and pages of one record under the same clients, and of suggestions.

    Suggestions are asked for by one client, as by somebody who types.
    """
    texts = list(dict.fromkeys(asked))
    facets = [("_facet", name) for name in PEER_FACETS]
    ours = ["/search?" + urlencode({"q": text}) for text in texts]
    theirs = [
        "/peer/records?" + urlencode([("_search", f'"{text}"'), ("_size", "20"), *facets])
        for text in texts
    ]
    rows, numbers = [], _some_records(peer)
    with serving(GUNICORN, environ) as port:
        rows.append(_page_row("search page", load(port, ours)))
        found = load(port, [f"/records/{number}" for _, number in numbers])
        rows.append(_page_row("record page", found))
        suggested = ["/api/v1/suggest?" + urlencode({"q": text}) for text in typed]
        load(port, suggested[:CLIENTS], CLIENTS)  # connections and caches are there when one types
        suggestions = load(port, suggested[CLIENTS:], 1)
        rows.append(_page_row("suggestions, 1 client", suggestions))
    command: list[Part] = [PROGRAMS / "datasette", "serve", peer, "--host", "127.0.0.1"]
    with serving(command, {}) as port:
        rows.append(_page_row("Datasette, table page with 7 facets", load(port, theirs)))
        found = load(port, [f"/peer/records/{place}" for place, _ in numbers])
        rows.append(_page_row("Datasette, row page", found))
    return f"{table(HEADER, rows)}\n"


def _some_records(peer: Path) -> list[tuple[int, int]]:
    """Where records stand in the peer's table, and their numbers; from all over it."""
    with sqlite3.connect(f"file:{peer}?mode=ro", uri=True) as connection:
        (count,) = connection.execute("SELECT max(rowid) FROM records").fetchone()
        step = max(1, count // RECORD_PAGES)
        found = connection.execute("SELECT rowid, id FROM records WHERE rowid % ? = 0", [step])
        return found.fetchall()


def _page_row(name: str, timings: Timings) -> list[str]:
    rate = len(timings.seconds) / timings.wall
    figures = [f"{rate:,.1f}", f"{timings.at(0.5):,.1f}", f"{timings.at(0.95):,.1f}"]
    return [name, str(len(timings.seconds)), *figures, str(timings.empty)]


@contextmanager
def serving(command: Sequence[Part], environ: Mapping[str, str]) -> Iterator[int]:
    """A server on a free port of this machine, ended afterwards. Raises SystemExit if it fails."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    given = [str(part) for part in command]
    if "datasette" in given[0]:
        given += ["--port", str(port)]
    surroundings = os.environ | dict(environ) | {"PORT": str(port), "HOST": "127.0.0.1"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(given, cwd=TOP, env=surroundings, stdout=quiet, stderr=quiet) as server:
        try:
            _wait_for(server, port)
            yield port
        finally:
            server.terminate()


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(START_SECONDS * 10):
        if server.poll() is not None:
            break
        try:
            if Client(port).get("/") < 500:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("a server did not start")


class Client:
    """Asks one server over one connection and reads whole answers; knows just enough HTTP/1.1.

    The clients share the cores with the server: one of the standard library's takes longer over an
    answer than a fast server does, and so would measure itself. Raises OSError.
    """

    def __init__(self, port: int) -> None:
        self._host = f"127.0.0.1:{port}"
        self._port, self._socket = port, self._connect(port)

    @staticmethod
    def _connect(port: int) -> socket.socket:
        return socket.create_connection(("127.0.0.1", port), timeout=PAGE_SECONDS)

    def get(self, path: str) -> int:
        """The status of the whole answer."""
        head = f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\nAccept-Encoding: identity\r\n\r\n"
        self._socket.sendall(head.encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head_bytes, _, body = answer.partition(b"\r\n\r\n")
        fields = head_bytes.lower() + b"\r\n"
        if b"content-length:" in fields:
            length = int(fields.partition(b"content-length:")[2].partition(b"\r\n")[0])
            missing = length - len(body)
            while missing > 0:
                missing -= len(self._more())
        else:  # in chunks, of which the last one is empty
            while not body.endswith(b"0\r\n\r\n"):
                body += self._more()
        if b"connection: close" in fields:
            self._socket.close()
            self._socket = self._connect(self._port)
        return int(head_bytes[9:12])

    def _more(self) -> bytes:
        if not (part := self._socket.recv(1 << 18)):
            raise ConnectionError("the server closed the connection in the middle of an answer")
        return part


def load(port: int, paths: Sequence[str], clients: int = CLIENTS) -> Timings:
    """Each path once by so many connections at a time, within PAGE_SECONDS."""
    timings, waiting = Timings(), iter(paths)
    turn, begin = threading.Lock(), time.perf_counter()

    def client() -> None:
        connection = Client(port)
        while time.perf_counter() - begin < PAGE_SECONDS:
            with turn:
                path = next(waiting, None)
            if path is None:
                return
            start = time.perf_counter()
            status = connection.get(path)
            with turn:
                timings.seconds.append(time.perf_counter() - start)
                timings.empty += status != 200

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    timings.wall = time.perf_counter() - begin
    return timings


def main() -> None:
    """The search page of a data folder that holds records, asked for common words."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--site", required=True, help="data folder, as CREDIT_SITE_DATA_DIR")
    site = Path(parser.parse_args().site).absolute()
    paths = ["/search?" + urlencode({"q": word}) for word in COMMON]
    with serving(GUNICORN, {"CREDIT_SITE_DATA_DIR": str(site)}) as port:
        print(table(HEADER, [_page_row("search page", load(port, paths))]))


if __name__ == "__main__":
    main()
