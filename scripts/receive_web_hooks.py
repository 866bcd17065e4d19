#!/usr/bin/env python3
"""接收公示信息的推送：核对签名，再保存。只用 Python 3.9 以上自带的功能。

WEB_HOOK_SECRET=whsec_… python3 receive.py 8088
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Protocol

TOLERANCE = 300  # 秒：时间戳差得太多的，是旧请求被人重放


class Headers(Protocol):
    """请求头，名称不分大小写。"""

    def get(self, name: str, /) -> str | None:
        """一个请求头的值。"""


def verified(secret: str, headers: Headers, body: bytes, now: float) -> bool:
    """签名对不对、时间近不近；body 要用收到的原样字节，不能先解析再拼回去。"""
    message, moment = headers.get("webhook-id") or "", headers.get("webhook-timestamp") or ""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message}.{moment}.".encode() + body
    good = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # 更换密钥以后的一天里有新旧两个签名，空格隔开，有一个对就行。
    given = (headers.get("webhook-signature") or "").split()
    fresh = moment.isdigit() and abs(now - int(moment)) <= TOLERANCE
    return fresh and any(hmac.compare_digest(good.encode(), one.encode()) for one in given)


class Store:
    """收到的信息。真正用的时候换成数据库；每条信息的 seq 也要存，终止公示以后仍然要存。"""

    def __init__(self) -> None:
        self.records: dict[int, Any] = {}
        self.newest: dict[int, int] = {}

    def apply(self, change: dict[str, Any]) -> None:
        """有 record 的保存，没有的删除；同一条来两次没有关系，晚到的旧消息不算数。"""
        number = change["id"]
        if change["seq"] < self.newest.get(number, 0):
            return
        self.newest[number] = change["seq"]
        self.records.pop(number, None)
        if change["record"]:
            self.records[number] = change["record"]


class Receiver(BaseHTTPRequestHandler):
    """核对签名，存下来，马上回答 204；费时间的处理放到后面去做。"""

    secret = os.environ.get("WEB_HOOK_SECRET", "")
    store = Store()

    def do_POST(self) -> None:
        """一次推送。"""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not verified(self.secret, self.headers, body, time.time()):
            self.send_error(401)
            return
        told = json.loads(body)
        for change in told["data"]["items"] if told["type"] == "changes" else ():
            self.store.apply(change)
        self.send_response(204)
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
