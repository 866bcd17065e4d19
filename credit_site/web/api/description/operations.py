"""Every call of the API: what it is for, what it takes, what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from credit_site.domain.public_form import JsonValue
from credit_site.services.matching import MOST_ASKED
from credit_site.web.api import asked
from credit_site.web.api.contents import JSON, TABLES
from credit_site.web.api.description.shapes import Schema, ref, whole, words
from credit_site.web.api.limits import Cost
from credit_site.web.api.reading import Parameter


@dataclass(frozen=True, slots=True)
class Operation:
    """A call. ``id`` is the endpoint; ``answers`` the schema of each good status, "" for none."""

    method: str
    path: str
    id: str
    summary: str
    says: str
    answers: Mapping[int, str]
    parameters: tuple[Parameter, ...] = ()
    in_path: Mapping[str, tuple[Schema, JsonValue]] = field(default_factory=dict)
    problems: tuple[int, ...] = ()
    body: Mapping[str, Schema] = field(default_factory=dict)
    cost: Cost = Cost.READ
    for_bureaus: bool = False
    idempotent: bool = False
    """Whether it takes an Idempotency-Key."""
    example: str = ""
    """What stands behind the path in the example, or the body of a POST."""


_CODE = words("18 位统一社会信用代码。", minLength=18, maxLength=18)
_BYTES: Schema = {"type": "string", "format": "binary", "minLength": 1}

OPERATIONS = (
    Operation(
        "get", "/api/v1/search", "search", "查询",
        "与查询页参数相同、结果相同、顺序相同。要取完全部，沿 next 一直走到 null；"
        "中途有新公示的，不影响已经取到的次序。像是个人证件号码的内容不查询（400）。",
        {200: "SearchAnswer"}, asked.SEARCH, problems=(503,), cost=Cost.SEARCH,
        example="?q=食品&sort=newest&facets=agency,year",
    ),
    Operation(
        "get", "/api/v1/suggest", "suggest", "输入时的建议",
        "输入名称、拼音、首字母或者代码的开头，给出正在公示的企业和常用词。自然人不在其中。",
        {200: "SuggestAnswer"}, asked.SUGGEST, example="?q=zzsp",
    ),
    Operation(
        "post", "/api/v1/match", "match", "批量核对",
        f"一次最多 {MOST_ASKED:,} 个名称或者代码，逐个回答怎样对上的：代码、全称、"
        "曾用名、相近名称。每 200 个算一次查询。所问的内容不保存，也不记录。",
        {200: "MatchAnswer"}, problems=(413, 415, 422, 503), body={JSON: ref("MatchQuestion")},
        cost=Cost.SEARCH,
        example='{"queries": ["郑州某某食品有限公司", {"uscc": "91410100MA0000015B"}]}',
    ),
    Operation(
        "get", "/api/v1/records/{record_id}", "record", "一条信息",
        "按公示编号取一条。已经停止公示的回答 410，只有日期和原因，内容不再给出。",
        {200: "Record"}, problems=(404, 410),
        in_path={"record_id": (whole("公示编号。", 1, maximum=2**53 - 1), 1)}, example="1",
    ),
    Operation(
        "get", "/api/v1/companies/{uscc}", "company", "一家企业",
        "按统一社会信用代码取总的情况、条数和全部信息。没有信息的代码也有回答；"
        "写成小写、带空格的，转到规范的地址（301）；校验不对的，404。",
        {200: "Company", 301: ""}, asked.COMPANY, problems=(404,),
        in_path={"uscc": (_CODE, "91410100MA0000015B")}, example="91410100MA0000015B",
    ),
    Operation(
        "get", "/api/v1/lists", "lists", "全部名单", "各名单的含义、依据和现有条数。",
        {200: "Lists"},
    ),
    Operation(
        "get", "/api/v1/lists/{list_name}", "list", "一个名单", "名单的定义和上面的全部信息。",
        {200: "ListEntries"}, asked.LISTING, problems=(404,),
        in_path={"list_name": (words("名单的标识。", minLength=1), "serious-dishonesty")},
        example="serious-dishonesty?limit=50",
    ),
    Operation(
        "get", "/api/v1/agencies", "agencies", "全部部门", "各部门的名称、标识和正在公示的条数。",
        {200: "Agencies"},
    ),
    Operation(
        "get", "/api/v1/agencies/{slug}", "agency", "一个部门", "部门和它公示的全部信息。",
        {200: "AgencyRecords"}, asked.LISTING, problems=(404,),
        in_path={"slug": (words("部门的标识。", minLength=1), "market-supervision")},
        example="market-supervision",
    ),
    Operation(
        "get", "/api/v1/registers", "registers", "信息类别和字段",
        "每类信息登记哪些字段、哪些公开。content 里的键就是这里的 name。",
        {200: "Registers"},
    ),
    Operation(
        "get", "/api/v1/changes", "changes", "自某处以来的变动",
        "从 since=0 起、每次把 until 写作下一次的 since，就得到与本站完全相同的一份，"
        "此后只取新的变动。"
        "record 是现在的内容；为 null 的，请删去您保存的那一条（停止公示的另有日期和原因）。"
        "现成的程序见 /api/mirror.py。",
        {200: "Changes"}, asked.CHANGES, problems=(409,), example="?since=0",
    ),
    Operation(
        "post", "/api/v1/submissions", "hand_in", "报送（各部门）",
        "业务系统报送表格文件或者 JSON，检查、审核与上传完全一样；建立或者更换密钥的人"
        "不审核由它报送的。带上 Idempotency-Key，"
        "同一份重发不会重复。",
        {202: "Submission"}, asked.HAND_IN, problems=(413, 415, 422, 503),
        body={JSON: ref("Rows"), **dict.fromkeys(TABLES, _BYTES)}, for_bureaus=True,
        idempotent=True,
        example='{"rows": [{"行政相对人名称": "郑州某某食品有限公司"}]}',
    ),
    Operation(
        "get", "/api/v1/submissions/{number}", "submission", "报送的结果（各部门）",
        "到了哪一步、各类行数、逐行的问题，审核时暂不发布的行和理由。",
        {200: "Submission"}, asked.REPORT, problems=(404,),
        in_path={"number": (whole("报送编号。", 1, maximum=2**53 - 1), 1)}, for_bureaus=True,
        example="1",
    ),
    Operation(
        "post", "/api/v1/lookups", "look_up", "办事前查询（各部门）",
        "办许可、采购、资金、评优等事项前，查主体在不在名单上、适用哪些措施；留下可以核验的回执。",
        {201: "Lookup"}, problems=(413, 415, 422, 503), body={JSON: ref("LookupQuestion")},
        for_bureaus=True,
        example='{"purpose": "licence", "matter_number": "2026-0001", '
        '"queries": ["郑州某某食品有限公司"]}',
    ),
    Operation(
        "get", "/api/v1/lookups/{number}", "lookup", "查询的回执（各部门）",
        "再看一次回执；查询以后依据有变化的，不再给出结果。", {200: "Lookup"}, problems=(404,),
        in_path={"number": (words("回执编号。", minLength=1), "CX20260601-ABCDEFGHIJ")},
        for_bureaus=True, example="CX20260601-ABCDEFGHIJ",
    ),
    Operation(
        "post", "/api/v1/lookups/{number}/feedback", "lookup_feedback", "查询的反馈（各部门）",
        "办完以后反馈采取了哪些措施，或者为什么没有采取，一次一行；再次反馈的，替换上一次。"
        "回答是反馈以后的回执。",
        {200: "Lookup"}, problems=(404, 413, 415, 422), body={JSON: ref("LookupFeedback")},
        in_path={"number": (words("回执编号。", minLength=1), "CX20260601-ABCDEFGHIJ")},
        for_bureaus=True,
        example='{"line": 1, "outcome": "taken", "measures": ["no-honours"], "words": ""}',
    ),
    Operation(
        "get", "/api/v1/openapi.json", "openapi", "本说明（OpenAPI 3.1）",
        "机器可读的接口说明，由登记文件生成，与网页上的是同一份。", {200: ""},
    ),
)  # fmt: skip
