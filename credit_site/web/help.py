"""``/help/…``: how to use the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, render_template

from credit_site.domain.rulebook import load_rulebook
from credit_site.web.frame import site_settings

blueprint = Blueprint("help", __name__, url_prefix="/help")
RECEIVER = "scripts/receive_web_hooks.py"


@dataclass(frozen=True, slots=True)
class Example:
    """Something to type, and in Chinese what it finds."""

    typed: str
    finds: str

    @property
    def href(self) -> str:
        """The search itself."""
        return "/search?" + urlencode({"q": self.typed})


WAYS: Sequence[tuple[str, Sequence[Example]]] = (
    (
        "查企业",
        (
            Example("食品有限公司", "名称里连着有这几个字的，一个字也可以查"),
            Example("91410100", "统一社会信用代码的全部或者一段"),
            Example("名称:商贸", "只在名称里找"),
            Example("zhengzhou", "名称的拼音，全拼从头写起"),
            Example("zzsp", "名称的拼音首字母，多音字的各种读法都算"),
            Example("代码:91410105", "只在代码里找"),
        ),
    ),
    (
        "查决定",
        (
            Example("郑市监处罚(2026)", "文号或者文号的一段，括号写成〔〕、[]、（）都一样"),
            Example("文号:〔2026〕", "只在文号里找"),
            Example("机关:邮政", "作出决定的机关名称里有“邮政”的"),
            Example("事实:过期", "违法事实里有“过期”的"),
            Example("依据:商标法", "处罚依据里有“商标法”的"),
            Example("类别:吊销", "处罚类别或者列入事由里有“吊销”的"),
        ),
    ),
    (
        "几个条件一起用",
        (
            Example("食品 罚款", "空格隔开：两个词都有的"),
            Example("食品 OR 药品", "大写 OR 或者“或者”：有一个就行"),
            Example("食品 -警告", "减号（或者大写 NOT）：有“食品”而没有“警告”的"),
            Example('"有限公司 罚款"', "引号：里面的字按原样连着找"),
        ),
    ),
    (
        "按日期和金额",
        (
            Example("日期:2024", "2024 年作出的决定"),
            Example("日期:2024-01..2024-06", "2024 年上半年；从某日起写 2024-03-15.."),
            Example("罚款:>100000", "罚没金额超过 10 万元；也可以写 罚款:>10万"),
            Example("罚款:1万..5万 食品", "1 万元到 5 万元，并且有“食品”的"),
        ),
    ),
)
"""What can be typed, by what people look for."""


@blueprint.get("/")
def index() -> str:
    """All help, by whom it is for."""
    return render_template("help/index.html")


@blueprint.get("/citizens")
def citizens() -> str:
    """How to read a record, what the lists mean, how to object."""
    return render_template("help/citizens.html", lists=load_rulebook().lists.values())


@blueprint.get("/clerks")
def clerks() -> str:
    """How a bureau's file becomes public, in five pictures."""
    return render_template("help/clerks.html")


@blueprint.get("/glossary")
def glossary() -> str:
    """Terms of law in plain words."""
    return render_template("help/glossary.html", terms=load_rulebook().glossary.values())


@blueprint.get("/verify")
def verify() -> str:
    """How anybody checks the ledger and what is published against it."""
    return render_template("help/verify.html", site_url=site_settings().url)


@blueprint.get("/web-hooks")
def web_hooks() -> str:
    """How receivers of web hooks check and use them, with the whole of a receiver."""
    return render_template("help/web_hooks.html", receiver=_receiver().decode())


@blueprint.get("/web-hooks.py")
def web_hook_receiver() -> Response:
    """The receiver itself, as it is tested."""
    response = Response(_receiver(), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="receive.py"'
    return response


def _receiver() -> bytes:
    return (Path(current_app.root_path).parent / RECEIVER).read_bytes()


@blueprint.get("/search")
def search() -> str:
    """What can be typed into the search box, with examples to try."""
    return render_template("help/search.html", ways=WAYS)
