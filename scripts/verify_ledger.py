#!/usr/bin/env python3
"""核验公示账本。只用 Python 3.9 以上自带的功能，不联网，不改动任何文件。

python3 verify.py entries.jsonl                  账本有没有被插入、改动、抽走
python3 verify.py entries.jsonl proofs.jsonl     再核对公示的数据和账本是不是一致
python3 verify.py entries.jsonl proofs.jsonl 12345 第一行没有写明截至第几笔的，由您指明
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Line = dict[str, Any]
HASHED = ("seq", "recorded_at", "register", "record_id", "action", "reason", "content_hash")
KEPT = ("action", "reason", "content_hash")
OVER = ("end", "screen")


def lines(path: str) -> Iterator[Line]:
    """文件里的每一行是一个 JSON。"""
    with Path(path).open(encoding="utf-8-sig") as stream:
        yield from (json.loads(line) for line in stream if line.strip())


def chain(path: str, problems: list[str]) -> Iterator[Line]:
    """每一笔：编号接着上一笔，写着上一笔的指纹，自己的指纹重新算出来也一样。"""
    number, previous = 0, "0" * 64
    for entry in lines(path):
        text = "|".join(str(entry[name]) for name in (*HASHED, "previous_hash"))
        if entry["seq"] != number + 1 or entry["previous_hash"] != previous:
            problems.append(f"第 {entry['seq']} 笔没有接上第 {number} 笔：中间有改动或者缺失")
        if entry["own_hash"] != hashlib.sha256(text.encode()).hexdigest():
            problems.append(f"第 {entry['seq']} 笔被改过：重新算出的指纹不一样")
        number, previous = entry["seq"], entry["own_hash"]
        yield entry


def content_hash(proof: Line) -> str:
    """盐值接上内容的规范写法（键按字母排序、没有空格、UTF-8），取 SHA-256。"""
    form = json.dumps(proof["form"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(bytes.fromhex(proof["salt"]) + form.encode()).hexdigest()


def fault(proof: Line, newest: Line | None, day: str) -> str:
    """数据里的一条有什么不对；newest 是账本里关于它的最新一笔。"""
    last_day = proof["form"]["publication_end"]
    if newest is None or newest["action"] in OVER:
        return "在账本里没有，或者已经停止公示，却在数据里"
    if newest["content_hash"] != content_hash(proof):
        return "的内容和账本里的指纹对不上"
    return (
        f"的公示期到 {last_day} 为止，却还在数据里" if day and last_day and last_day < day else ""
    )


def compare(
    data: str, newest: dict[int, Line], later: dict[int, Line], problems: list[str]
) -> None:
    """数据里的每一条都是账本里最新的；账本里还在公示的，数据里一条也不少。"""
    said, seen, day, counts = set(), set(), "", Counter[str]()
    for line in lines(data):
        day = line.get("ledger", {}).get("day", day)
        proof = line.get("proof", line)
        if "hidden" in line:
            said.add(line["id"])
        elif "form" in proof:
            number = proof["form"]["id"]
            wrong = "在数据里重复出现" if number in seen else fault(proof, newest.get(number), day)
            problems += [f"第 {number} 号{wrong}"] if wrong else []
            seen.add(number)
    standing = {number for number, entry in newest.items() if entry["action"] not in OVER}
    for number in sorted(standing - seen):
        if later.get(number, {}).get("reason") == "expired":
            counts["不在数据里：公示期已满，账本随后已经记下"] += 1
        elif number in said:
            counts["不在数据里：网站说公示期已满或者还没有开始，账本上还看不出，请过一天再核"] += 1
        else:
            problems.append(f"第 {number} 号在账本里还在公示，数据里却没有")
    counts["在数据里"], counts["已经停止公示"] = len(seen), len(newest) - len(standing)
    print("；".join(f"{text} {count} 条" for text, count in counts.items()))


def main(ledger: str, data: str = "", until: str = "") -> int:
    """返回 0：没有发现问题；返回 1：发现了问题。"""
    problems: list[str] = []
    newest: dict[int, Line] = {}
    later: dict[int, Line] = {}
    head: Line = next(lines(data), Line()).get("ledger", {}) if data else {}
    last, entry = int(until or head.get("seq", 0)), Line(seq=0, own_hash="0" * 64)
    for entry in chain(ledger, problems):
        known = later if last and entry["seq"] > last else newest
        known[entry["record_id"]] = {name: entry[name] for name in KEPT}
        if entry["seq"] == head.get("seq") and entry["own_hash"] != head["own_hash"]:
            problems.append(f"数据里写的第 {last} 笔的指纹和账本里的不一样")
    print(f"账本共 {entry['seq']} 笔，最后一笔的指纹：{entry['own_hash']}")
    if data and last <= entry["seq"]:
        compare(data, newest, later, problems)
    elif data:
        problems.append(f"数据截至第 {last} 笔，账本却只到第 {entry['seq']} 笔：请重新下载账本")
    print(
        "\n".join(
            [*problems[:20], f"发现 {len(problems)} 个问题。"] if problems else ["核验通过。"]
        )
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]) if len(sys.argv) > 1 else __doc__)
