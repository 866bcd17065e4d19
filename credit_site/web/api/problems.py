"""What can go wrong with a call: one table for the answers and for the documentation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A status code as a problem: its title, what to do, and what it means for a program."""

    status: int
    title: str
    advice: str
    meaning: str

    @property
    def anchor(self) -> str:
        """Where the documentation speaks of it."""
        return f"problem-{self.status}"


_KINDS = (
    ProblemKind(
        400,
        "请求有误",
        "地址里的参数或者提交的内容无法识别，请对照接口文档修改。",
        "参数不存在、重复、不合类型，或者内容不是所要求的 JSON。parameter 写明是哪个参数。",
    ),
    ProblemKind(
        401,
        "密钥无效",
        "这个密钥不对，或者已经停用。不带密钥也可以调用，只是次数少一些。",
        "Authorization 里的密钥无效，或者这个接口一定要密钥。",
    ),
    ProblemKind(
        404,
        "没有找到",
        "地址可能有误，或者这里没有正在公示的内容。全部接口见接口文档。",
        "没有这条记录、这个名单、这个部门，或者没有这个地址。",
    ),
    ProblemKind(
        405,
        "不支持这种请求方法",
        "请改用 Allow 里列出的方法。",
        "地址存在，但不接受这种方法；Allow 列出可用的。",
    ),
    ProblemKind(
        409,
        "与现状不符",
        "请从头同步。",
        "since 比账本现在的末位还大：数据恢复过备份，或者换了站点。",
    ),
    ProblemKind(
        410,
        "已不再公示",
        "请把您保存的副本一并删除。",
        "这条信息曾经公示，已经停止。只给出停止的日期和原因（ended_on、reason），列入名单有误的还有致歉（apology）。",
    ),
    ProblemKind(413, "内容太大", "请分成几次提交。", "提交的内容超过了上限。"),
    ProblemKind(
        415,
        "不支持这种内容类型",
        "请在 Content-Type 里写 application/json，并提交 JSON。",
        "Content-Type 不是这个接口能读的类型。",
    ),
    ProblemKind(
        422,
        "内容不能处理",
        "请按说明修改以后再提交。",
        "内容读得懂，但不能照办，例如没有这种格式、同一个键对应了不同内容。",
    ),
    ProblemKind(
        429,
        "调用太频繁",
        "请等 Retry-After 所写的秒数以后再试。",
        "这段时间的次数用完了。violated-policies 写明是哪一条限制。",
    ),
    ProblemKind(
        500,
        "网站出了问题",
        "我们已经记录下这个错误，请稍后再试。",
        "不是您的错。请稍后再试。",
    ),
    ProblemKind(
        503,
        "暂时无法服务",
        "请稍后再试；其余接口照常可用。",
        "查询服务正在恢复，或者服务器暂时存不下文件。",
    ),
)
PROBLEMS = {kind.status: kind for kind in _KINDS}
"""By status code."""


def kind_of(status: int) -> ProblemKind:
    """The kind of a status code; of one that is not listed, the nearest general one."""
    return PROBLEMS.get(status) or PROBLEMS[500 if status >= 500 else 400]
