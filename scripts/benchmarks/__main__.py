"""Runs one benchmark by its name: ``scripts/bench import --records 100000``."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HELPERS = {"__main__", "harness", "recall_like", "recall_queries"}


def names() -> dict[str, str]:
    """Benchmark names and their modules: each file of this folder but the helpers is one.

    ``import_`` is called ``import``: Python keeps that word for itself.
    """
    stems = {path.stem for path in Path(__file__).parent.glob("*.py")} - HELPERS
    return {stem.rstrip("_").replace("_", "-"): stem for stem in sorted(stems)}


def main() -> None:
    """Hands the rest of the arguments to the benchmark."""
    known = names()
    chosen = sys.argv[1] if len(sys.argv) > 1 else ""
    if chosen not in known:
        sys.exit(f"usage: scripts/bench {'|'.join(known)} [--records N]")
    sys.argv = [f"scripts/bench {chosen}", *sys.argv[2:]]
    runpy.run_module(f"scripts.benchmarks.{known[chosen]}", run_name="__main__")


if __name__ == "__main__":
    main()
