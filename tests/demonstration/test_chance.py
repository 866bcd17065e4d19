from collections import Counter

from credit_site.demonstration.chance import Chance, Weighted, mixed


def test_the_same_seed_gives_the_same_stream() -> None:
    first, second = Chance("a"), Chance("a")
    assert [first.below(100) for _ in range(50)] == [second.below(100) for _ in range(50)]


def test_things_come_up_as_often_as_they_weigh() -> None:
    chance, weighted = Chance("weights"), Weighted({"often": 9.0, "seldom": 1.0})
    found = Counter(weighted.pick(chance) for _ in range(4000))
    assert 0.07 < found["seldom"] / 4000 < 0.13


def test_mixed_bits_of_neighbours_have_nothing_in_common() -> None:
    bits = [mixed(number) for number in range(2000)]
    assert len({value & 0xFFFF for value in bits}) > 1900
