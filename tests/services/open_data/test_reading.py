"""Whole registers are read in little memory, and of each row no more than a form needs."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import Base, prepare_sqlite
from credit_site.services.open_data.forms import FORMS, Occasion, Stream
from credit_site.services.open_data.reading import CELL_VALUES, FrozenRead
from tests.support.entries import penalty
from tests.support.publishing import Desk
from tests.web.invented import full_penalty, listed

TODAY = date(2026, 6, 1)
SITE = "https://credit.example"


def test_forms_made_of_cells_are_the_same_from_the_first_values_alone(desk: Desk) -> None:
    desk.publish(full_penalty(1), penalty(2), penalty(3), listed(4))
    engine = desk.session.get_bind().engine
    for register in ("penalty", "serious_dishonesty"):
        for form in FORMS.values():
            made = []
            for values in (form.values, None):
                read = FrozenRead(engine, TODAY)
                occasion = Occasion(load_rulebook(), register, SITE, read.state.moment)
                rows = read.rows(register, at_a_time=2, values=values)
                made.append(b"".join(Stream(rows, form.make(occasion), read.close)))
            assert made[0] == made[1], form.ending
    with closing(FrozenRead(engine, TODAY)) as read:
        (batch,) = read.rows("penalty", values=CELL_VALUES)
        assert [len(row) for row in batch] == [CELL_VALUES] * 3


def of_sqlite(folder: Path) -> Engine:
    """An empty database of its own, prepared as the site's is."""
    engine = create_engine(f"sqlite:///{folder / 'own.sqlite3'}")
    prepare_sqlite(engine)
    Base.metadata.create_all(engine)
    return engine


def test_reading_it_all_keeps_few_pages_and_leaves_the_connection_as_it_was(
    tmp_path: Path,
) -> None:
    engine = of_sqlite(tmp_path)

    def pages(session: Session) -> int:
        return int(session.connection().exec_driver_sql("PRAGMA cache_size").scalar_one())

    with Session(engine) as session:
        usual = pages(session)
    read = FrozenRead(engine, TODAY)
    assert abs(pages(read.session)) < abs(usual)
    read.close()
    read.close()
    with Session(engine) as session:  # the pool gives the same connection again
        assert pages(session) == usual
    engine.dispose()
