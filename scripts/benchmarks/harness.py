"""What benchmarks share: commands measured from outside, the machine in a line, a table."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

TOP = Path(__file__).resolve().parents[2]
SAMPLE_SECONDS = 1.0
MIB = 1 << 20
Part = str | Path


@dataclass(frozen=True, slots=True)
class Measured:
    """A finished command: wall seconds, peak memory of its process tree, what it printed.

    Memory is the sum of PSS (a page shared by n processes counts 1/n in each), sampled once
    a second.
    """

    seconds: float
    peak_mib: float
    output: str


def measured(
    command: Sequence[Part],
    environ: Mapping[str, str] | None = None,
    accepted: Sequence[int] = (0,),
) -> Measured:
    """Runs a command from the top of the project and measures it from outside.

    Raises CalledProcessError for an exit code that is not among the accepted ones.
    """
    begin = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=TOP,
        env=os.environ | dict(environ or {}),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        peak = PeakMemory(process.pid)
        peak.start()
        output, _ = process.communicate()
        seconds = time.perf_counter() - begin
        peak.stop()
    if process.returncode not in accepted:
        raise subprocess.CalledProcessError(process.returncode, process.args, output)
    return Measured(seconds, peak.bytes / MIB, output)


class PeakMemory(threading.Thread):
    """Watches a process and all its children until told to stop; ``bytes`` is the highest sum."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.bytes = 0
        self._root = psutil.Process(pid)
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(SAMPLE_SECONDS):
            self.bytes = max(self.bytes, tree_memory(self._root))

    def stop(self) -> None:
        """Ends the watch."""
        self._done.set()
        self.join()


def tree_memory(root: psutil.Process) -> int:
    """PSS of a process and its children now, in bytes; those that just ended count nothing."""
    try:
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    return sum(_pss(process) for process in family)


def _pss(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def machine(*packages: str) -> str:
    """Cores, Python, SQLite and the versions of the packages that matter."""
    cores = len(os.sched_getaffinity(0))
    parts = [f"{cores} cores", f"Python {platform.python_version()}"]
    parts += [f"SQLite {sqlite3.sqlite_version}"]
    parts += [f"{package} {version(package)}" for package in packages]
    return " · ".join(parts)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; every column but the first is right-aligned."""
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in [header, rule, *rows])


def say(text: str) -> None:
    """A word on what is going on, beside the results."""
    print(text, file=sys.stderr, flush=True)
