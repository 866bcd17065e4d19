#!/usr/bin/env python3
"""核验公示账本和下载的数据。只用 Python 3.9 以上自带的功能，不联网，不改动任何文件。

python3 verify.py entries.jsonl                                    账本有没有被改动、插入、抽走
python3 verify.py entries.jsonl penalty-2026-06-01-12345.jsonl     再核对下载的数据和账本是否一致

数据文件请保留下载时的名字：里面有日期和账本的笔数。账本要在数据之后下载。
“应在数据里，却没有”的，如果公示期刚满，过一天再下载账本核对：账本稍后才记下期满。
异议标注（disputed）、第几稿（revision）、网址、更新的时间不在指纹里，核验不了。
"""

import hashlib
import json
import re
import sys
from typing import Any

NAME = r"(?:^|[/\\])(penalty|serious_dishonesty)-(\d{4}-\d\d-\d\d)-(\d+)(?: ?\(\d+\))?\.jsonl$"
CHAIN = "seq recorded_at register record_id action reason content_hash previous_hash".split()
BESIDE = "list amount_yuan proof salt ledger_seq disputed revision url updated_at".split()
sys.excepthook = lambda _, error, __: print(__doc__, "文件打不开，或者不是原样：", repr(error))


def claim(holds: object, otherwise: str) -> None:
    """应当成立的一点；不成立，就是一个问题。"""
    if not holds:
        problems.append(otherwise)


# 每行一个 JSON。同一个名字写了两次的不认：有的程序读前一个，有的读后一个。
read = json.JSONDecoder(object_pairs_hook=lambda p: dict(p) if len(dict(p)) == len(p) else p).decode
ledger, data = [*sys.argv[1:], ""][:2]
register, day, until = re.findall(NAME, data)[0] if data else ("", "", "0")
number, own, rows, problems = 0, "0" * 64, 0, list[str]()
newest, later, over = dict[int, Any](), dict[int, Any](), ("end", "screen")

# 一、账本：每一笔都接着上一笔，自己的指纹重新算出来也一样。记下每一号到第 until 笔为止的最新一笔。
for entry in map(read, open(ledger, encoding="utf-8-sig")):
    own_hash = hashlib.sha256("|".join(str(entry[name]) for name in CHAIN).encode()).hexdigest()
    found = entry["seq"], entry["previous_hash"], entry["own_hash"]
    claim(found == (number + 1, own, own_hash), f"第 {found[0]} 笔没有接上第 {number} 笔")
    number, own = entry["seq"], entry["own_hash"]
    (newest if number <= int(until) else later)[entry["record_id"]] = entry
claim(number >= int(until), f"数据截至第 {until} 笔，账本却只到第 {number} 笔：请重新下载账本")

# 二、数据：里面的都还在公示，内容和账本里最新的指纹一致；账本里还在公示的一条也不少。
# 指纹是盐值接上内容的规范写法（键按字母排序、没有空格、UTF-8）的 SHA-256，没有记账的不能夹带。
shown = {i: e for i, e in newest.items() if e["register"] == register and e["action"] not in over}
for rows, item in enumerate(map(read, open(data, encoding="utf-8-sig") if data else ()), 1):
    fen = (y := item["amount_yuan"]) and int("".join(*re.findall(r"^(\d+)\.(\d\d)$", y) or ["-1"]))
    every = dict(**item, **item["proof"], list_name=item["list"], amount_fen=fen)
    form = {name: every[name] for name in every.keys() - BESIDE}
    text = json.dumps(form, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    content_hash = hashlib.sha256(bytes.fromhex(every["salt"]) + text.encode()).hexdigest()
    entry = shown.pop(item["id"], {})
    claim(entry and (item["publication_end"] or day) >= day, f"第 {item['id']} 号不应在数据里")
    same = {**entry, "seq": item["ledger_seq"], "content_hash": content_hash}
    claim(entry == same, f"第 {item['id']} 号的内容和账本里的指纹对不上")
for one, entry in shown.items():
    claim(later.get(one, entry)["reason"] == "expired", f"第 {one} 号应在数据里，却没有")
print(f"账本共 {number} 笔，最后一笔的指纹：{own}\n核对的数据共 {rows} 条")
print(*problems[:20], f"发现 {len(problems)} 个问题。" if problems else "核验通过。", sep="\n")
sys.exit(bool(problems))
