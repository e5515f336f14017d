"""Records carried away from the page and from the list, and what never goes along.
Read by pytest alone."""

import csv
import gzip
import io
import json
import re

import bibtexparser
import pytest
import rispy
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.contributions import sealing
from exchange.contributions.actions import withdraw
from exchange.library.giving import exporting
from exchange.library.importing import plan
from exchange.library.models import Resource
from exchange.library.sheet import COLUMNS, read
from exchange.project import starter
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db


def sent(client: Client, address: str, **headers: str) -> bytes:
    response = client.get(address, **headers)
    assert response.status_code == 200
    return response.getvalue()


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("ris", "application/x-research-info-systems"),
        ("bib", "application/x-bibtex"),
        ("json", "application/vnd.citationstyles.csl+json"),
        ("jsonld", "application/ld+json"),
        ("xml", "application/xml"),
    ],
)
def test_a_record_is_carried_away_in_each_form(
    visitor: Client, record: Resource, form: str, media_type: str
) -> None:
    response = visitor.get(f"{record.get_absolute_url()}cite.{form}")

    assert response.status_code == 200
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert response["Content-Disposition"].endswith(f'"exchange-{record.pk}.{form}"')
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "Learning from villages" in response.content.decode()
    assert visitor.get(f"{record.get_absolute_url()}cite.{form}x").status_code == 404


def test_its_links_are_typed_for_machines(visitor: Client, record: Resource) -> None:
    page = visitor.get(record.get_absolute_url())
    address = f"http://testserver{record.get_absolute_url()}"

    links = re.findall(r'<link rel="([a-z-]+)" href="([^"]+)"', page.content.decode())
    assert ("cite-as", address) in links
    assert ("linkset", f"{address}cite.linkset") in links
    response = visitor.get(f"{address}cite.linkset")
    assert response["Content-Type"].startswith("application/linkset+json")
    described = response.json()["linkset"][0]["describedby"]
    for one in described:
        assert visitor.get(one["href"])["Link"].startswith(f'<{address}>; rel="describes"')
    assert (
        page["Link"] == f'<{address}cite.linkset>; rel="linkset"; type="application/linkset+json"'
    )


def test_the_page_offers_both_citations_and_the_forms(visitor: Client, record: Resource) -> None:
    page = visitor.get(record.get_absolute_url()).content.decode()

    assert "Wessells, M., &amp; Kostelny, K. (2018)." in page
    assert "Wessells M, Kostelny K. Learning from villages [Internet]." in page
    assert 'href="cite.bib"' in page
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(data[1])["name"] == "Learning from villages"
    assert '<meta name="citation_technical_report_institution"' in page


def test_an_address_with_another_slug_leads_to_the_right_one(
    visitor: Client, record: Resource
) -> None:
    response = visitor.get(f"/library/{record.pk}-x/cite.ris")

    assert response["Location"] == f"{record.get_absolute_url()}cite.ris"


def test_who_may_not_read_a_record_carries_nothing_away(
    visitor: Client, record: Resource, beatriz
) -> None:
    address = f"{record.get_absolute_url()}cite.ris"
    withdraw(contribution=record, by=beatriz, note="Sorry.")

    assert visitor.get(address).status_code == 404
    sealing.seal(contribution=record)
    assert b"villages" not in sent(visitor, "/library/export/csv/")


def test_a_list_is_carried_away_as_it_is_narrowed(visitor: Client, record: Resource) -> None:
    shelved("A guide", types=("guide",), countries=("UG",))

    titles = [one["title"] for one in rispy.loads(sent(visitor, "/library/export/ris/").decode())]
    assert titles == ["A guide", "Learning from villages"]
    narrowed = sent(visitor, "/library/export/json/?type=guide&country=UG")
    assert [one["title"] for one in json.loads(narrowed)] == ["A guide"]
    assert json.loads(sent(visitor, "/library/export/json/?type=video")) == []
    library = bibtexparser.parse_string(sent(visitor, "/library/export/bib/").decode())
    assert len(library.entries) == 2
    assert len({entry.key for entry in library.entries}) == 2
    assert visitor.get("/library/export/exe/").status_code == 404


def test_the_list_leads_to_its_exports_with_its_facets(visitor: Client, record: Resource) -> None:
    page = visitor.get("/library/?type=report&page=1").content.decode()

    assert 'href="/library/export/csv/?type=report" rel="nofollow"' in page


def test_a_table_comes_back_as_it_went(visitor: Client, record: Resource) -> None:
    shelved(
        "A second one; with “signs”, and more",
        authors=("Ana García", "Plan International"),
        types=("guide", "training"),
        language="es",
        year=0,
        audiences=("facilitators",),
    )
    raw = sent(visitor, "/library/export/csv/")

    assert raw.startswith(b"\xef\xbb\xbf")
    heading = next(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert tuple(heading[: len(COLUMNS)]) == COLUMNS
    made = plan(read(raw))
    assert made.counts() == {"same": 2}, [(one.outcome, one.columns) for one in made.judged]


def test_the_whole_starter_library_comes_back_as_it_went(
    visitor: Client, signed_in, beatriz
) -> None:
    starter.load()

    made = plan(read(sent(signed_in(visitor, beatriz), "/library/export/csv/")))

    assert set(made.counts()) == {"same"}, [
        (one.title, one.outcome, one.columns, one.words)
        for one in made.judged
        if one.outcome != "same"
    ]
    assert len(made.judged) >= 250


def test_addresses_that_are_not_linked_go_to_hosts_alone(
    visitor: Client, signed_in, beatriz
) -> None:
    shelved("Copied", url="https://copies.example/x", link_kind="mirror")

    assert b"copies.example" not in sent(visitor, "/library/export/csv/")
    host = signed_in(Client(), beatriz)
    assert b"copies.example" in sent(host, "/library/export/csv/")
    assert b"copies.example" not in sent(host, "/library/export/ris/")


def test_a_list_is_bounded_and_says_so(visitor: Client, monkeypatch) -> None:
    for number in range(4):
        shelved(f"Record {number}")
    monkeypatch.setattr(exporting, "MOST", 3)

    response = visitor.get("/library/export/ris/")

    assert len(rispy.loads(response.getvalue().decode())) == 3
    assert "-first-5000.ris" in response["Content-Disposition"]


def test_a_list_costs_few_queries_and_travels_light(visitor: Client) -> None:
    for number in range(60):
        shelved(f"Record {number:02}")
    with CaptureQueriesContext(connection) as asked:
        plain = sent(visitor, "/library/export/csv/")
    light = sent(visitor, "/library/export/csv/", HTTP_ACCEPT_ENCODING="gzip")

    assert len(asked) <= 6
    assert gzip.decompress(light) == plain
    assert len(light) < len(plain) / 3


def test_nobody_takes_lists_without_end(visitor: Client, db: None) -> None:
    answers = [visitor.get("/library/export/ris/").status_code for _ in range(61)]

    assert answers == [200] * 60 + [429]
