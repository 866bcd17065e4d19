#!/usr/bin/env python3
"""Writes a bureau's file of invented records, CSV or (by the name's ending) XLSX.

``scripts/make_demo_data.py --records 1000 --layout penalty_2018_legal --out penalties.csv``
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
PYTHON = TOP / ".venv" / "bin" / "python"

if Path(sys.prefix) != TOP / ".venv" and PYTHON.exists():
    os.execv(PYTHON, [str(PYTHON), *sys.argv])  # noqa: S606 (this script again, with its libraries)
sys.path.insert(0, str(TOP))

from credit_site.demonstration import rows, titles, write_csv, write_xlsx  # noqa: E402
from credit_site.domain.rulebook import load_rulebook  # noqa: E402
from credit_site.extensions import Clock  # noqa: E402


def main() -> None:
    """Arguments in, a file out."""
    layouts = load_rulebook().layouts
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, required=True)
    parser.add_argument("--layout", choices=sorted(layouts), required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--agency", default="", help="slug of the bureau; default: the layout's usual one"
    )
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    layout = layouts[chosen.layout]
    write = write_xlsx if chosen.out.suffix.lower() == ".xlsx" else write_csv
    invented = rows(layout, chosen.agency or None, chosen.records, chosen.seed, Clock().today())
    count = write(chosen.out, titles(layout), invented)
    print(f"{chosen.out}: {count} records")


if __name__ == "__main__":
    main()
