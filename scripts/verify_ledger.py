#!/usr/bin/env python3
"""核验公示账本和下载的数据。只用 Python 3.9 以上自带的功能，不联网，不改动任何文件。

python3 verify.py entries.jsonl                                    账本有没有被改动、插入、抽走
python3 verify.py entries.jsonl penalty-2026-06-01-12345.jsonl     再核对下载的数据和账本是否一致

数据文件请保留下载时的名字：里面有日期和账本的笔数。账本要在数据之后下载。
异议标注（disputed）、第几稿（revision）、网址、更新的时间不在指纹里，核验不了。
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Lines = dict[int, dict[str, Any]]
CHAIN = "seq recorded_at register record_id action reason content_hash previous_hash"
FORM = """id register agency subject_name uscc document_number division decided_on severity
publication_start publication_end content"""
BESIDE = "list amount_yuan proof ledger_seq disputed revision url updated_at"
OVER = ("end", "screen")
PROOF = "salt rule subject_kind"
NAME = re.compile(r"(penalty|serious_dishonesty)-(\d{4}-\d\d-\d\d)-(\d+)( ?\(\d+\))?\.jsonl")


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """同一个名字不能写两次：各种程序读到的会不一样。"""
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError("同一个名字写了两次")
    return found


def lines(path: str) -> Iterator[Any]:
    """文件里的每一行是一个 JSON。"""
    with Path(path).open(encoding="utf-8-sig") as stream:
        for line in filter(str.strip, stream):
            yield json.loads(line, object_pairs_hook=once)


def content_hash(item: dict[str, Any]) -> str:
    """盐值接上内容的规范写法（键按字母排序、没有空格、UTF-8），取 SHA-256。"""
    yuan, proof = item["amount_yuan"], {name: item["proof"][name] for name in PROOF.split()}
    more = item["proof"].keys() - proof or item.keys() - (FORM + " " + BESIDE).split()
    if more or not re.fullmatch(r"\d+\.\d\d", yuan or "0.00"):
        return "写法不对，或者多了没有记账的东西"
    salt = bytes.fromhex(proof.pop("salt"))
    form = {name: item[name] for name in FORM.split()} | {"list_name": item["list"]} | proof
    form["amount_fen"] = yuan and int(yuan.replace(".", ""))
    text = json.dumps(form, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(salt + text.encode()).hexdigest()


def in_ledger(path: str, until: int, newest: Lines, later: Lines) -> Iterator[str]:
    """每一笔都接着上一笔，自己的指纹重新算出来也一样；记下每一号到第 until 笔为止的最新一笔。"""
    number, own = 0, "0" * 64
    for entry in lines(path):
        text = "|".join(str(entry[name]) for name in CHAIN.split())
        expected = number + 1, own, hashlib.sha256(text.encode()).hexdigest()
        if (entry["seq"], entry["previous_hash"], entry["own_hash"]) != expected:
            yield f"第 {entry['seq']} 笔没有接上第 {number} 笔，或者被改过"
        number, own = entry["seq"], entry["own_hash"]
        (later if number > until else newest)[entry["record_id"]] = entry
    print(f"账本共 {number} 笔，最后一笔的指纹：{own}")
    if number < until:
        yield f"数据截至第 {until} 笔，账本却只到第 {number} 笔：请重新下载账本"


def in_data(path: str, named: tuple[str, str], newest: Lines, later: Lines) -> Iterator[str]:
    """数据里的，都是账本里最新的；账本里还在公示的，数据里一条也不少。"""
    (register, day), read = named, 0
    for read, item in enumerate(lines(path), 1):  # noqa: B007
        entry = newest.pop(item["id"], {"action": "end"})
        over = entry["action"] in OVER or (item["publication_end"] or day) < day
        if over or item["register"] != register:
            yield f"第 {item['id']} 号不应在数据里：账本里没有，停止公示了，重复了，或者不是这类"
        elif entry["seq"] != item["ledger_seq"] or entry["content_hash"] != content_hash(item):
            yield f"第 {item['id']} 号的内容和账本里的指纹对不上"
    print(f"{register}，截至 {day}，数据共 {read} 条")
    for one, entry in newest.items():
        gone = entry["action"] in OVER or later.get(one, entry)["reason"] == "expired"
        if entry["register"] == register and not gone:
            yield f"第 {one} 号在账本里还在公示，数据里却没有（公示期刚满的，过一天再下载账本核对）"


def problems(ledger: str, data: str = "") -> Iterator[str]:
    """发现的问题，一句一个。"""
    name = NAME.fullmatch(Path(data).name)
    if data and not name:
        yield "数据文件要保留下载时的名字，例如 penalty-2026-06-01-12345.jsonl：请改回来"
        return
    register, day, until = name.groups()[:3] if name else ("", "", 0)
    newest, later = Lines(), Lines()
    yield from in_ledger(ledger, int(until), newest, later)
    if data:
        yield from in_data(data, (register, day), newest, later)


if __name__ == "__main__":
    try:
        found = list(problems(*sys.argv[1:])) if len(sys.argv) > 1 else [__doc__]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        found = [f"文件读不了，或者不是这里下载的格式、名字（{error!r}）"]
    print(*found[:20], f"发现 {len(found)} 个问题。" if found else "核验通过。", sep="\n")
    sys.exit(bool(found))
