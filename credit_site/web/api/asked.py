"""The parameters of every call, in the order in which they are explained."""

from __future__ import annotations

from credit_site.domain.rulebook import load_rulebook
from credit_site.services.suggestions import MOST as MOST_SUGGESTIONS
from credit_site.web.api.reading import choice, number, text
from credit_site.web.parameters import LAST_PAGE, PAGE_SIZE
from search_index import FACETS, Sort

MOST_ITEMS = 100
MOST_CHANGES = 1_000
_FACET = "|".join(FACETS)
_SLUG = 60
_LIST = "serious-dishonesty"
_EXAMPLE = "market-supervision"

SEARCH = (
    text("q", "要查的名称、代码、文号或者关键词，写法与查询页相同；空着就是全部。", example="食品"),
    choice("register", "信息类别。", load_rulebook().registers, "penalty"),
    choice("agency", "报送部门的标识，见 /api/v1/agencies。", load_rulebook().agencies, _EXAMPLE),
    choice("division", "区县的行政区划代码，6 位。", load_rulebook().divisions, "410105"),
    text("category", "处罚类别，写名称，如“罚款”。", example="罚款", longest=_SLUG),
    text("violation_type", "违法行为类型，写全称。"),
    text("year", "作出决定的年份。", "([0-9]{4})?", "应为 4 位数字的年份。", "2026"),
    text("campaign", "专项行动的名称。", longest=_SLUG),
    choice("list_name", "名单的标识，见 /api/v1/lists。", load_rulebook().lists, _LIST),
    choice("branch", "名单的领域。", load_rulebook().list_branches, "local"),
    choice("severity", "失信严重程度。", ("general", "serious"), "serious"),
    choice("sort", "顺序：相关的、新近的或者金额大的在前。", Sort, "newest"),
    number("page", f"第几页，最多 {LAST_PAGE}；要取完全部请沿 next 走。", 1, 1, LAST_PAGE),
    text(
        "after",
        "从哪里接着取；next 里已经带着，不用自己写。",
        "([0-9]-(0|[1-9][0-9]{0,18}))?",
        "只能照抄 next 里的。",
    ),
    number("limit", "一次最多几条。", PAGE_SIZE, 1, MOST_ITEMS),
    text(
        "facets",
        f"要统计的条件，逗号隔开。可以是：{'、'.join(FACETS)}。",
        f"(({_FACET})(,({_FACET}))*)?",
        f"可以是：{'、'.join(FACETS)}，逗号隔开。",
        "agency,year",
    ),
)
SUGGEST = (
    text("q", "已经输入的内容：名称、拼音、首字母或者代码的开头。", example="郑州"),
    number("limit", "最多几条。", MOST_SUGGESTIONS, 1, MOST_SUGGESTIONS),
)
_BEFORE = number("before", "接着取比这个账本号更早的；next 里已经带着。", 0, 0)
LISTING = (number("limit", "一次最多几条。", PAGE_SIZE, 1, MOST_ITEMS), _BEFORE)
COMPANY = (number("limit", "一次最多几条。", MOST_ITEMS, 1, MOST_ITEMS), _BEFORE)
CHANGES = (
    number("since", "已经同步到的账本号；第一次写 0，以后写上次回答的 until。", 0, 0),
    number("limit", "一次最多几条。", 500, 1, MOST_CHANGES),
)
HAND_IN = (
    choice("layout", "表格的格式；不写则自动识别。", load_rulebook().layouts, "penalty_2018_legal"),
)
REPORT = (number("after", "从这一行以后接着列问题。", 0, 0),)
