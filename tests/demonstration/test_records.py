import re
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

import pytest

from credit_site.demonstration import rows, titles
from credit_site.demonstration.sheets import Row
from credit_site.domain.identifiers import find_personal_numbers, is_uscc
from credit_site.domain.rulebook import Rulebook, Visibility
from credit_site.domain.working_days import is_working_day
from tests.demonstration.invented import Record, Records

PENALTIES = ("penalty_2018_legal", "penalty_2018_person", "penalty_2016")
LAYOUTS = (*PENALTIES, "serious_dishonesty", "list_elsewhere")

# A few of the best-known names of companies and marks: none may ever turn up.
KNOWN = (
    "茅台|五粮液|泸州老窖|洋河|剑南春|汾酒|杜康|仰韶|宋河|青岛啤酒|雪花|张裕|伊利|蒙牛|光明乳业|三元|飞鹤|双汇|三全|思念|"
    "好想你|白象|康师傅|统一企业|海天|李锦记|老干妈|金龙鱼|鲁花|福临门|娃哈哈|农夫山泉|可口可乐|百事|华为|小米|苹果|"
    "三星|荣耀|联想|海尔|海信|美的|格力|老板电器|方太|苏泊尔|九阳|公牛|正泰|德力西|耐克|阿迪达斯|安踏|李宁|鸿星尔克|特步|"
    "路易威登|古驰|香奈儿|爱马仕|普拉达|欧莱雅|兰蔻|雅诗兰黛|百雀羚|自然堂|完美日记|同仁堂|云南白药|仲景|羚锐|"
    "宇通|比亚迪|东风|一汽|长城|奇瑞|米其林|普利司通|壳牌|美孚|中石化|中石油|先正达|拜耳|登海|隆平|秋乐|"
    "阿里巴巴|淘宝|天猫|京东|拼多多|抖音|快手|腾讯|微信|百度|网易|美团|顺丰|中通|圆通|申通|韵达|乐高|奥特曼|迪士尼|"
    "小猪佩奇|新华书店|中华书局|商务印书馆|微软|金山|中烟|黄金叶|玉溪|丹尼斯|大商|金博大|胖东来|蜜雪冰城|锅圈"
)


def day(text: str) -> date:
    return datetime.strptime(text, "%Y/%m/%d").date()  # noqa: DTZ007 - a day has no zone


def cells(found: list[Record]) -> str:
    return "\n".join(cell for record in found for cell in record.values())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_arguments_give_the_same_rows(layout: str, book: Rulebook, today: date) -> None:
    def made(seed: int) -> list[Row]:
        return list(rows(book.layouts[layout], None, 60, seed, today))

    assert made(1) == made(1)
    assert made(1) != made(2)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_there_are_as_many_rows_and_cells_as_asked_for(
    layout: str, book: Rulebook, today: date
) -> None:
    found = book.layouts[layout]
    made = list(rows(found, None, 37, 5, today))
    assert len(made) == 37
    assert {len(row) for row in made} == {len(titles(found))}


@pytest.mark.parametrize("layout", [*PENALTIES, "serious_dishonesty"])
def test_every_record_says_that_it_is_for_demonstration(layout: str, records: Records) -> None:
    assert {record["remarks"] for record in records(layout)} == {"演示数据"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_personal_number_stands_outside_the_fields_that_are_never_shown(
    layout: str, book: Rulebook, records: Records
) -> None:
    register = book.registers[book.layouts[layout].register]
    for record in records(layout):
        for name, cell in record.items():
            if register.field(name).visibility is not Visibility.NEVER:
                assert not find_personal_numbers(cell), name


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_known_company_or_mark_is_named(layout: str, records: Records) -> None:
    found = set(re.findall(KNOWN, cells(records(layout, 1500))))
    assert not found


@pytest.mark.parametrize("layout", PENALTIES)
def test_facts_are_told_in_80_to_250_characters(layout: str, records: Records) -> None:
    found = [record["violation_facts"] for record in records(layout, 1500)]
    assert all(80 <= len(facts) <= 250 for facts in found)
    assert all(facts.endswith("。") and "{" not in facts for facts in found)
    assert len(set(found)) > 1490


@pytest.mark.parametrize("layout", PENALTIES)
def test_numbers_of_decisions_are_unique_and_of_their_year(layout: str, records: Records) -> None:
    found = records(layout, 2000)
    assert len({record["decision_number"] for record in found}) == len(found)
    for record in found:
        match = re.fullmatch(r"\S{2,12}〔(\d{4})〕[1-9]\d*号", record["decision_number"])
        assert match, record["decision_number"]
        assert int(match[1]) == day(record["decision_date"]).year


def test_files_of_organisations_and_of_persons_share_no_number(records: Records) -> None:
    legal = {record["decision_number"] for record in records("penalty_2018_legal", 1500)}
    person = {record["decision_number"] for record in records("penalty_2018_person", 1500)}
    assert not legal & person


def test_a_district_signs_with_its_own_name(records: Records) -> None:
    found = records("penalty_2018_legal", 600)
    signs = {record["enforcement_agency"]: record["decision_number"][:4] for record in found}
    assert signs["郑州市金水区市场监督管理局"] == "金水市监"
    assert signs["郑州市市场监督管理局"] == "郑市监处"


def test_codes_are_valid_and_each_belongs_to_one_company(records: Records) -> None:
    found = records("penalty_2018_legal", 3000)
    names, codes = defaultdict(set), defaultdict(set)
    for record in found:
        assert is_uscc(record["uscc"])
        assert is_uscc(record["enforcement_agency_uscc"])
        names[record["uscc"]].add(record["counterparty_name"])
        codes[record["counterparty_name"]].add(record["uscc"])
    assert all(len(known) == 1 for known in names.values())
    assert all(len(known) == 1 for known in codes.values())
    assert {code[:2] for code in names} == {"91", "92", "93"}


def test_some_companies_have_several_penalties_and_most_one(records: Records) -> None:
    counts: dict[str, int] = defaultdict(int)
    for record in records("penalty_2018_legal", 2000):
        counts[record["uscc"]] += 1
    assert sum(count > 2 for count in counts.values()) > 30
    assert sum(count == 1 for count in counts.values()) > len(counts) / 2
    assert max(counts.values()) < 40


def test_most_decisions_are_of_the_last_thirty_months_and_some_of_every_year_before(
    records: Records, today: date
) -> None:
    days = [day(record["decision_date"]) for record in records("penalty_2018_legal", 2000)]
    assert days == sorted(days)
    recent = sum((today - decided).days <= 910 for decided in days)
    assert 0.92 < recent / len(days) < 0.96
    assert {decided.year for decided in days} == {*range(2019, 2027)}
    assert 0 < (today - days[-1]).days < 10
    assert all(map(is_working_day, days))


def test_the_table_of_2016_is_filled_until_its_end(records: Records) -> None:
    days = [day(record["decision_date"]) for record in records("penalty_2016", 500)]
    assert days[0].year == 2016
    assert max(days) < date(2019, 2, 1)


def test_amounts_stand_where_the_types_ask_for_them(records: Records) -> None:
    for record in records("penalty_2018_legal", 1500):
        types = set(record["penalty_types"].split(";"))
        assert ("罚款" in types) == bool(record["fine_yuan"])
        assert any(kind.startswith("没收") for kind in types) == bool(record["confiscated_yuan"])
        assert ("吊销许可证件" in types) == bool(record["suspended_licence"])


def test_the_content_names_the_fine(records: Records) -> None:
    for record in records("penalty_2018_legal", 300):
        if record["fine_yuan"]:
            yuan = int(Decimal(record["fine_yuan"]) * 10_000)
            assert f"罚款{yuan}元" in record["penalty_content"]


def test_fines_are_of_many_sizes(records: Records) -> None:
    fines = sorted(
        Decimal(record["fine_yuan"])
        for record in records("penalty_2018_legal", 2000)
        if record["fine_yuan"]
    )
    median = fines[len(fines) // 2]
    assert Decimal(1) < median < Decimal(6)
    assert fines[0] < Decimal("0.3")
    assert fines[-1] > Decimal(30)


def test_minor_cases_are_few(records: Records) -> None:
    found = records("penalty_2018_legal", 3000)
    warned = sum(record["penalty_types"] == "警告" for record in found)
    assert 0.01 < warned / len(found) < 0.03


def test_natural_persons_are_never_named_in_the_facts(records: Records) -> None:
    for record in records("penalty_2018_person"):
        assert record["counterparty_type"] == "自然人"
        assert record["counterparty_document_number"].startswith("99")
        assert record["counterparty_name"] not in record["violation_facts"]
        assert record["counterparty_name"] not in record["penalty_content"]


def test_most_fields_of_goods_come_up(records: Records) -> None:
    found = {record["product_field"] for record in records("penalty_2018_legal", 2000)}
    assert len(found) >= 15


def test_listed_companies_are_those_of_the_penalties(records: Records) -> None:
    listed = records("serious_dishonesty", 40)
    assert len({record["uscc"] for record in listed}) == 40
    for record in listed:
        assert is_uscc(record["uscc"])
        assert day(record["listed_on"]) < day(record["valid_until"])


def test_an_unknown_bureau_is_refused(book: Rulebook, today: date) -> None:
    with pytest.raises(KeyError):
        next(rows(book.layouts["penalty_2018_legal"], "no-such-bureau", 1, 1, today))
