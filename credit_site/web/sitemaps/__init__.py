"""``/sitemap.xml`` and ``/sitemaps/<bucket>.xml``: every address worth reading (sitemaps.org)."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from credit_site.services.sitemap import RecordChanges
from credit_site.web.sitemaps.memory import SitemapMemory
from credit_site.web.sitemaps.views import CHANGES, MEMORY, bucket, index

blueprint = Blueprint("sitemaps", __name__)
blueprint.add_url_rule("/sitemap.xml", "index", index)
blueprint.add_url_rule("/sitemaps/<string:name>.xml", "bucket", bucket)


@blueprint.record
def _give_memory(state: BlueprintSetupState) -> None:
    state.app.extensions[MEMORY] = SitemapMemory()
    state.app.extensions[CHANGES] = RecordChanges()
