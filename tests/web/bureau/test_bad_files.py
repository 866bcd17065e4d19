"""Files that went wrong on the way: cells, structure, encoding, archive. None does any harm.

``scripts/fuzz_uploads`` does the same with as many files as one likes.
"""

from __future__ import annotations

from itertools import islice

import pytest
from flask import Flask

from tests.support.fuzzing.files import bad_files
from tests.support.fuzzing.running import Fuzzing
from tests.support.people import Person

pytestmark = pytest.mark.both_databases

FILES, FEWER, SEED = 120, 40, 20261124
"""Files are read alike whatever database keeps the rows: PostgreSQL is given a third of them."""


@pytest.mark.long
def test_bad_files_end_in_words_and_never_in_an_error(
    app: Flask, clerk: Person, caplog: pytest.LogCaptureFixture, database_server: str
) -> None:
    caplog.set_level("DEBUG")
    files, fuzzing = FEWER if database_server else FILES, Fuzzing(app, clerk)
    fuzzing.run(islice(bad_files(SEED), files))
    assert fuzzing.report.problems == []
    assert fuzzing.report.files == files
    assert {"read", "unusable"} <= set(fuzzing.report.outcomes)


def test_the_same_seed_gives_the_same_files() -> None:
    first, second = (list(islice(bad_files(7), 12)) for _ in range(2))
    assert [one.name for one in first] == [one.name for one in second]
    assert [one.rows for one in first] == [one.rows for one in second]
