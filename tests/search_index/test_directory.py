"""What the directory of names promises, in memory and on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index import SearchUnavailable, WriterBusy
from search_index.directory import KnownName, NameDirectory, NamedRecord, open_directory
from search_index.names import Places

PLACES = Places.of(["郑州市", "金水区"])
CODE, OTHER_CODE = "91410100MA0000015B", "91410100MA0000023Y"


@pytest.fixture(params=["memory:", "tantivy:", "whoosh:"])
def directory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NameDirectory]:
    """A directory in each kind of place, empty."""
    opened = open_directory(f"{request.param}{tmp_path / 'index'}", PLACES)
    yield opened
    opened.close()


def put(directory: NameDirectory, *named: NamedRecord, gone: tuple[int, ...] = ()) -> None:
    directory.change(named, gone, directory.position() + max(1, len(named)))


def record(number: int, name: str, uscc: str = "", day: int = 0) -> NamedRecord:
    return NamedRecord(number, name, uscc, day)


def names(found: Sequence[KnownName]) -> list[str]:
    return [known.name for known in found]


def test_an_empty_directory_knows_nobody(directory: NameDirectory) -> None:
    assert directory.starting("甲", 5) == []
    assert directory.near("甲乙丙食品", 5) == []
    assert directory.exactly(["甲"]) == {}
    assert (directory.count(), directory.position()) == (0, 0)


def test_names_are_found_by_their_beginning_with_and_without_the_place(
    directory: NameDirectory,
) -> None:
    put(directory, record(1, "郑州市润某食品有限公司"), record(2, "金水区泽某便利店"))
    for typed in ("郑州市润", "润某", "郑州润某", "润某食品有"):
        assert names(directory.starting(typed, 5)) == ["郑州市润某食品有限公司"], typed
    assert names(directory.starting("泽", 5)) == ["金水区泽某便利店"]
    assert directory.starting("食品", 5) == []


def test_names_are_found_by_their_pinyin(directory: NameDirectory) -> None:
    put(directory, record(1, "郑州市华润食品有限公司"), record(2, "郑州重启科技有限公司"))
    for typed in ("zhengzhouhuarun", "huarunsh", "zzhr", "ZZSHR", "hrsp"):
        assert names(directory.sounding(typed, 5)) == ["郑州市华润食品有限公司"], typed
    for typed in ("zhongqi", "chongqi", "zqkj", "cqkj"):
        assert names(directory.sounding(typed, 5)) == ["郑州重启科技有限公司"], typed


def test_names_with_more_records_stand_first(directory: NameDirectory) -> None:
    many = [record(number, "润多食品有限公司") for number in range(1, 13)]
    put(directory, record(90, "润一食品有限公司"), *many, record(91, "润一食品有限公司"))
    assert names(directory.starting("润", 5)) == ["润多食品有限公司", "润一食品有限公司"]
    put(directory, gone=tuple(range(1, 13)))
    assert names(directory.starting("润", 5)) == ["润一食品有限公司"]


def test_near_names_come_with_a_reason(directory: NameDirectory) -> None:
    put(directory, record(1, "郑州市华润食品有限公司"), record(2, "郑州市泽某食品有限公司"))
    (found,) = directory.near("华闰食品有限公司", 5)
    assert found.known.name == "郑州市华润食品有限公司"
    assert "同音" in found.likeness.reason
    assert directory.near("郑州市华润食品有限公司", 5) == [], "the same name is not a near one"


def test_the_names_of_a_code_are_told_the_latest_first(directory: NameDirectory) -> None:
    put(directory, record(1, "旧某商行", CODE, 10), record(2, "新某商行", CODE, 20))
    assert names(directory.of_codes([CODE, OTHER_CODE])[CODE]) == ["新某商行", "旧某商行"]
    assert names(directory.coded("914101", 5)) == ["新某商行", "旧某商行"]
    assert names(directory.exactly(["旧 某商行"])["旧某商行"]) == ["旧某商行"]


def test_a_record_that_changes_its_name_leaves_the_old_one(directory: NameDirectory) -> None:
    put(directory, record(1, "润某商行", CODE), record(2, "泽某商行"))
    put(directory, record(1, "润某商贸有限公司", CODE))
    assert directory.starting("润某商行", 5) == []
    assert names(directory.starting("润某", 5)) == ["润某商贸有限公司"]
    put(directory, gone=(1, 2))
    assert directory.count() == 0
    assert directory.near("润木商贸有限公司", 5) == []


def test_the_same_change_twice_counts_once(directory: NameDirectory) -> None:
    for _ in range(2):
        directory.change([record(1, "润某商行"), record(2, "润某商行")], [], 7)
    (known,) = directory.starting("润", 5)
    assert (known.records, directory.position()) == (2, 7)


CHANGES = st.lists(
    st.tuples(
        st.integers(1, 6),
        st.sampled_from(["润某商行", "润泽商行", "泽某食品有限公司", ""]),
        st.sampled_from(["", CODE, OTHER_CODE]),
    ),
    max_size=25,
)


@given(CHANGES)
@settings(max_examples=60, deadline=None)
def test_changes_one_by_one_and_all_anew_make_the_same_directory(
    changes: list[tuple[int, str, str]],
) -> None:
    changed, anew = NameDirectory(None, PLACES), NameDirectory(None, PLACES)
    state: dict[int, NamedRecord] = {}
    for seq, (number, name, uscc) in enumerate(changes, 1):
        if name:
            state[number] = record(number, name, uscc)
            changed.change([state[number]], [], seq)
        else:
            state.pop(number, None)
            changed.change([], [number], seq)
    anew.rebuild(state.values(), len(changes))
    for typed in ("润", "泽", "润某"):
        assert changed.starting(typed, 9) == anew.starting(typed, 9)
    assert changed.sounding("rz", 9) == anew.sounding("rz", 9)
    assert changed.near("润则商行", 9) == anew.near("润则商行", 9)
    assert changed.of_codes([CODE]) == anew.of_codes([CODE])
    assert (changed.count(), changed.position()) == (anew.count(), anew.position())


def test_readers_see_what_another_process_wrote(tmp_path: Path) -> None:
    writer, reader = (NameDirectory(tmp_path / "names", PLACES) for _ in range(2))
    assert reader.starting("润", 5) == []
    put(writer, record(1, "润某商行"))
    assert names(reader.starting("润", 5)) == ["润某商行"]
    writer.rebuild([record(2, "润泽商行")], 9)
    assert names(reader.starting("润", 5)) == ["润泽商行"]
    assert reader.position() == 9
    writer.close()
    reader.close()


def test_one_process_writes(tmp_path: Path) -> None:
    first, second = (NameDirectory(tmp_path / "names", PLACES) for _ in range(2))
    put(first, record(1, "润某商行"))
    with pytest.raises(WriterBusy):
        put(second, record(2, "泽某商行"))
    with pytest.raises(WriterBusy):
        second.rebuild([], 1)
    first.close()
    put(second, record(2, "泽某商行"))
    second.close()


def test_ruined_files_are_said_to_be_out_of_reach(tmp_path: Path) -> None:
    directory = NameDirectory(tmp_path / "names", PLACES)
    put(directory, record(1, "润某商行"))
    directory.close()
    for file in (tmp_path / "names").rglob("names.sqlite3*"):
        file.write_bytes(b"ruined" * 999)
    with pytest.raises(SearchUnavailable):
        directory.starting("润", 5)
