"""Where tantivy cannot be installed, Whoosh alone carries the search."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
sys.modules["tantivy"] = None  # importing it raises ImportError
from search_index import SearchQuery, open_engine
from search_index.directory import open_directory
from search_index.names import Places
from tests.support.documents import TODAY, document
url = "whoosh:" + sys.argv[1]
engine = open_engine(url)
engine.replace([document(1)])
engine.commit()
assert engine.search(SearchQuery("食品", TODAY)).ids == (1,)
open_directory(url, Places.of(["郑州市"])).close()
print("found")
"""


def test_whoosh_needs_no_tantivy(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, str(tmp_path / "index")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "found\n"), done.stderr
