"""``/robots.txt`` (RFC 9309) and ``/favicon.ico``: what programs ask for at the root."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from credit_site.web.frame import site_settings

blueprint = Blueprint("crawlers", __name__)

_ROBOTS = """\
# 公示信息欢迎阅读、检索和收录。公示期满、信用修复或者被撤销的，页面会返回 410，请随即删除。
# 查询条件可以无穷组合，结果页和整份下载不必逐一抓取：网站地图里有每一条信息的地址。
User-agent: *
Allow: /
Disallow: /bureau/
Disallow: /search?*&
Disallow: /search?after=
Disallow: /search.csv
Disallow: /search.jsonl
Disallow: /search.xlsx
Disallow: /feeds/search.
Disallow: /statistics/*?
Disallow: /reconcile
Disallow: /companies/*/report.pdf

Sitemap: {site}/sitemap.xml
"""
_A_DAY = "public, max-age=86400"


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything may be read but the desk; what can be combined without end is left out."""
    text = _ROBOTS.format(site=site_settings().url)
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = _A_DAY
    return response


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The site's sign for whoever does not read the page's own link to it."""
    response = current_app.send_static_file("favicon.ico")
    response.headers["Cache-Control"] = _A_DAY
    return response
