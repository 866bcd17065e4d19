"""What machines and people read about the open data: schema, package, catalogue, page."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef
from rdflib.compare import isomorphic

from credit_site.services.open_data.forms import FORMS
from credit_site.web.data.page import size_text
from tests.support.entries import penalty, saying
from tests.web.conftest import Publish
from tests.web.data.asking import SITE, Act, read
from tests.web.invented import full_penalty, listed, person
from tests.web.pages import CheckingClient


def test_the_data_keep_the_promises_of_their_schema(
    client: FlaskClient, publish: Publish, tmp_path: Path
) -> None:
    kind = "法人及非法人组织"
    publish(saying(full_penalty(1), counterparty_type=kind, division_code="410105"), person(2))
    publish(penalty(3, decided_on=None, amount_fen=None), saying(listed(4), subject_type=kind))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the library's own libraries
        from frictionless import Package  # noqa: PLC0415
    folder = tmp_path / "package"
    folder.mkdir()
    body = read(client, "/data/datapackage.json")
    (folder / "datapackage.json").write_bytes(body)
    for resource in json.loads(body)["resources"]:
        (folder / resource["path"]).write_bytes(read(client, f"/data/{resource['path']}"))
        name = resource["path"].removesuffix(".plain.csv")
        assert json.loads(read(client, f"/data/{name}/schema.json")) == resource["schema"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "fieldName", "message"])
    assert [task.stats["rows"] for task in report.tasks] == [3, 1]


def test_the_catalogue_says_the_same_in_both_of_its_forms(
    client: FlaskClient, publish: Publish, snapshot: Act
) -> None:
    publish(penalty(1), listed(2))
    snapshot()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib of itself
        linked = Graph().parse(data=read(client, "/data/catalog.jsonld"), format="json-ld")
    turtle = Graph().parse(data=read(client, "/data/catalog.ttl"), format="turtle")
    assert isomorphic(linked, turtle)
    data = URIRef(f"{SITE}/data/penalty#dataset")
    assert (URIRef(f"{SITE}/data/#catalogue"), DCAT.dataset, data) in turtle
    assert len(list(turtle.objects(data, DCAT.distribution))) == 2 * len(FORMS)
    assert turtle.value(data, DCTERMS.license) is not None
    sizes = list(turtle.subject_objects(DCAT.byteSize))
    assert len(sizes) == 2 * len(FORMS)
    assert (data, RDF.type, DCAT.Dataset) in turtle


def test_the_page_says_what_there_is_how_large_and_under_which_licence(
    pages: CheckingClient, publish: Publish, snapshot: Act
) -> None:
    publish(full_penalty(1), listed(2))
    assert "第一份快照正在准备" in pages.get("/data/").main
    snapshot()
    page = pages.get("/data/")
    assert "行政处罚：1 条" in page.main
    assert "知识共享 署名 4.0 国际" in page.main
    assert ["罚款金额（元）", "fine_yuan", "金额"] in [row[:3] for row in page.rows()]
    assert "/data/penalty.csv" in set(page.links())
    publish(saying(full_penalty(1), violation_facts="更正"))
    assert "的快照已经撤下" in pages.get("/data/").main


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 B"), (820, "820 B"), (1_234, "1.2 KB"), (12_345_678, "12 MB"), (5e12, "5000 GB")],
)
def test_sizes_are_said_in_short(size: int, said: str) -> None:
    assert size_text(size) == said
