"""The answers of the API, field by field."""

from __future__ import annotations

from credit_site.domain.rulebook import FieldType, Rulebook, Visibility
from credit_site.services.matching import LONGEST, MOST_ASKED, MatchKind
from credit_site.services.suggestions import SuggestionKind
from credit_site.web.api.description.following import HEAD, NEXT, of_changes, problem
from credit_site.web.api.description.handing_in import of_submissions
from credit_site.web.api.description.lookups import of_lookups
from credit_site.web.api.description.registers import register_schemas
from credit_site.web.api.description.shapes import (
    Schema,
    counts,
    or_null,
    ref,
    several,
    shape,
    truth,
    whole,
    words,
)

_TONES = ["serious", "pending", "plain", "good"]


def schemas(rulebook: Rulebook) -> dict[str, Schema]:
    """Every schema of the document, by name."""
    return {
        **register_schemas(rulebook),
        **_of_searching(),
        **_of_subjects(),
        **_of_the_rulebook(),
        **of_changes(),
        **of_submissions(),
        **of_lookups(),
        "Problem": problem(),
    }


def _of_searching() -> dict[str, Schema]:
    near: dict[str, Schema] = {
        "name": words("名称。"),
        "uscc": words("代码；没有则为空。"),
        "score": {"type": "number", "minimum": 0, "maximum": 1, "description": "相近程度。"},
        "reason": words("差在哪里。"),
    }
    facet = {"value": words("值。"), "count": whole("条数。")}
    suggestion = {
        "kind": words("企业还是常用词。", enum=[kind.value for kind in SuggestionKind]),
        "text": words("文字。"),
        "uscc": words("代码；没有则为空。"),
        "records": whole("正在公示的条数。"),
        "present": words("现用名称；没有改过则为空。"),
        "href": words("本站上的页面。", format="uri-reference"),
    }
    by_name: Schema = {
        "type": "object",
        "description": "facets 要求统计的条件，各个值的条数，多的在前；"
        "索引还没有记下刚停止公示的信息时不给出。",
        "additionalProperties": several("各个值。", ref("FacetCount")),
    }
    return {
        "SearchAnswer": shape(
            "一次查询的结果，顺序与查询页相同。",
            {
                "total": whole("共有多少条。"),
                "items": several("这一部分。", ref("Record")),
                "next": NEXT,
                "head": HEAD,
                "reading": words("写法有误时，实际是怎样理解的；没有误则为空。"),
                "sounding": several("输入的拼音所指的名称，已一并查询。", words("名称。")),
                "did_you_mean": several("没有结果时，相近的名称。", ref("NearName")),
                "facets": by_name,
            },
        ),
        "NearName": shape("相近的名称。", near),
        "FacetCount": shape("一个值的条数。", facet),
        "SuggestAnswer": shape("输入时的建议。", {"items": several("建议。", ref("Suggestion"))}),
        "Suggestion": shape("一条建议。", suggestion),
        **_of_matching(),
    }


def _of_matching() -> dict[str, Schema]:
    text: Schema = words("名称或者代码。")
    named = shape(
        "名称、代码至少写一个。",
        {"name": words(f"名称，只看前 {LONGEST} 个字。"), "uscc": words("统一社会信用代码。")},
        optional=("name", "uscc"),
    )
    said: Schema = {"type": "string", "minLength": 1}
    either: list[Schema] = [
        {"required": [name], "properties": {name: said}} for name in ("name", "uscc")
    ]
    queries: Schema = {
        "type": "array",
        "description": "要核对的名称或者代码，按次序回答。",
        "maxItems": MOST_ASKED,
        "items": {"anyOf": [text, {**named, "anyOf": list(either)}]},
    }
    subject = {
        "uscc": words("代码；没有则为空。"),
        "name": words("现用名称。"),
        "penalties": whole("正在公示的处罚条数。"),
        "lists": several("所在的名单。", words("名单的标识。")),
    }
    result: dict[str, Schema] = {
        "query": words("问的是什么；个人证件号码不重复。"),
        "kind": words("怎样对上的。", enum=[kind.value for kind in MatchKind]),
        "score": {"type": "number", "minimum": 0, "maximum": 1, "description": "相近程度。"},
        "reason": words("说明。"),
        "subjects": several("对上的主体。", ref("Subject")),
    }
    return {
        "MatchQuestion": shape("一次核对。", {"queries": queries}),
        "MatchAnswer": shape("核对的结果。", {"results": several("次序同提问。", ref("Match"))}),
        "Match": shape("一个名称或者代码的结果。", result),
        "Subject": shape("对上的主体。", subject),
    }


def _of_subjects() -> dict[str, Schema]:
    standing = {
        "headline": words("一句话。"),
        "detail": words("补充。"),
        "tone": words("轻重。", enum=list(_TONES)),
    }
    counted = {
        "penalties": whole("正在公示的处罚条数。"),
        "lists": counts("各名单上的条数。"),
    }
    company = {
        "uscc": words("统一社会信用代码。", minLength=18, maxLength=18),
        "name": or_null(words("最近一次决定所写的名称；没有信息则为 null。")),
        "former_names": several("其他信息里的名称。", words("名称。")),
        "standing": shape("总的情况，与企业页面相同。", standing),
        "counts": shape("条数。", counted),
        "url": words("企业页面。", format="uri"),
        "items": several("信息，最近变动的在前。", ref("Record")),
        "next": NEXT,
        "head": HEAD,
    }
    return {"Company": shape("一个代码的全部情况。", company)}


def _of_the_rulebook() -> dict[str, Schema]:
    listing: dict[str, Schema] = {
        "list": words("标识。"),
        "name": words("名称。"),
        "description": words("含义。"),
        "register": words("信息类别。"),
        "natural_persons": truth("是否列自然人。"),
        "tone": words("性质：失信、关注、守信。", enum=["black", "watch", "red"]),
        "basis": several("依据。", ref("Basis")),
        "total": whole("现有条数。"),
        "url": words("名单页面。", format="uri"),
    }
    agency: dict[str, Schema] = {
        "agency": words("标识。"),
        "name": words("全称。"),
        "short_name": words("简称。"),
        "aliases": several("曾用名和并入的单位。", words("名称。")),
        "uscc": words("统一社会信用代码；没有则为空。"),
        "uscc_invented": truth("代码是否为演示编造。"),
        "total": whole("正在公示的条数。"),
        "url": words("部门页面。", format="uri"),
    }
    entries: dict[str, Schema] = {
        "items": several("信息，最近变动的在前。", ref("Record")),
        "next": NEXT,
        "head": HEAD,
    }
    basis = {
        "document": words("文件。"),
        "article": words("条款。"),
        "verified": truth("是否核对过原文。"),
    }
    return {
        "Lists": shape("全部名单。", {"items": several("名单。", ref("List")), "head": HEAD}),
        "List": shape("一个名单。", listing),
        "ListEntries": shape("一个名单和上面的信息。", listing | entries),
        "Agencies": shape("全部部门。", {"items": several("部门。", ref("Agency")), "head": HEAD}),
        "Agency": shape("一个部门。", agency),
        "AgencyRecords": shape("一个部门和它的信息。", agency | entries),
        "Basis": shape("依据的文件。", basis),
        **_of_registers(),
    }


def _of_registers() -> dict[str, Schema]:
    field = {
        "name": words("标识，content 里用的就是它。"),
        "title": words("名称。"),
        "type": words("类型。", enum=[kind.value for kind in FieldType]),
        "required": truth("报送时是否必填。"),
        "max_length": or_null(whole("最多几个字。", 1)),
        "choices": several("可选的值；空则不限。", words("值。")),
        "visibility": words("公开、隐去名字、不公开。", enum=[kind.value for kind in Visibility]),
        "help": words("说明。"),
    }
    register = {
        "register": words("标识。"),
        "title": words("名称。"),
        "fields": several("字段，按登记的次序。", ref("Field")),
        "total": whole("正在公示的条数。"),
        "url": words("字段说明页面。", format="uri"),
    }
    items = several("信息类别。", ref("Register"))
    return {
        "Registers": shape("全部信息类别。", {"items": items, "head": HEAD}),
        "Register": shape("一类信息。", register),
        "Field": shape("一个字段。", field),
    }
