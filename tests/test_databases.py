"""The databases that tests are given."""

from __future__ import annotations

from sqlalchemy import create_engine, inspect, make_url


def test_an_empty_database_is_empty_and_of_the_kind_asked_for(
    empty_database_url: str, database_server: str
) -> None:
    engine = create_engine(empty_database_url)
    try:
        assert inspect(engine).get_table_names() == []
        assert engine.dialect.name == (
            make_url(database_server).get_backend_name() if database_server else "sqlite"
        )
    finally:
        engine.dispose()
