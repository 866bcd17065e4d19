"""How often one address may bring something forward or try a receipt."""

from __future__ import annotations

from limits import parse_many

BRING = parse_many("10 per hour; 30 per day")
TRY = parse_many("20 per minute; 200 per hour")
FULL = "服务器现在存不下文件，没有收下。请稍后再试。"
TOO_OFTEN = "这个网络地址提交得太频繁了，请过一会儿再来；急的事情请直接到办理部门去办。"
