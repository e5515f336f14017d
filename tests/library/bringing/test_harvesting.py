"""Reading from other libraries: good ones, broken ones, and those set against us.
Read by pytest alone."""

import gzip
import time
from typing import Any

import pytest

from exchange.core.time import now
from exchange.library.bringing.harvesting import harvested
from exchange.library.bringing.reaching import Trouble, is_public, look_at, public_address
from tests.library.bringing.little_library import IDENTIFY, item, library, listed, oai, usual

pytestmark = pytest.mark.django_db


def test_records_come_with_what_is_sure_of_them() -> None:
    with library(usual(lambda given, _handler: listed(item(1)))) as url:
        found = harvested(url)

    assert (found.trouble, found.words, found.name) == ("", [], "Little Library")
    assert found.formats == ("oai_dc", "mods")
    [row] = found.rows
    assert (row.identifier, row.datestamp) == ("oai:little:1", "2026-01-01")
    assert row.cells == {
        "title": "Record 1",
        "creators": "Wessells, Mike; {Save the Children}",
        "resource_types": "report",
        "countries": "KE",
        "topics": "community-ownership",
        "language": "en",
        "licence": "cc-by",
        "source_site": "Little Library",
        "year": "2019",
        "month": "5",
        "doi": "10.1000/little.1",
        "url": "https://little.example.org/1",
    }


def test_all_pages_are_read_and_deletions_seen() -> None:
    def records(given: dict[str, str], _handler: Any) -> str:
        page = int(given.get("resumptionToken", "0"))
        items = [item(page * 10 + n, deleted=n == 3) for n in range(10)]
        return listed(*items, token=str(page + 1) if page < 4 else "", size="50")

    with library(usual(records)) as url:
        found = harvested(url, most=2000)

    assert (len(found.rows), found.trouble, found.words) == (50, "", [])
    assert sum(row.is_deleted for row in found.rows) == 5
    assert found.until is not None


def test_the_first_look_ends_where_it_should_and_says_so() -> None:
    with library(
        usual(lambda given, _handler: listed(*[item(n) for n in range(150)], token="more"))
    ) as url:
        found = harvested(url, most=100)

    assert len(found.rows) == 100
    assert found.words == ["These are the first 100 records; it has more."]
    assert found.until is None


def test_only_what_changed_is_asked_for_in_the_form_it_knows() -> None:
    asked = []

    def records(given: dict[str, str], _handler: Any) -> str:
        asked.append(given)
        return oai('<error code="noRecordsMatch">none</error>')

    moment = now()
    with library(usual(records)) as url:
        found = harvested(url, set_spec="reports", since=moment)

    assert asked[0]["from"] == moment.strftime("%Y-%m-%d")
    assert asked[0]["set"] == "reports"
    assert (found.rows, found.trouble) == ([], "")


LOOP = usual(lambda given, _handler: listed(item(1), item(2), token="again"))
CIRCLE = usual(
    lambda given, _handler: listed(
        item(1), token=str(int(given.get("resumptionToken", "0")) + 1), size="9000"
    )
)
EMPTY_PAGES = usual(
    lambda given, _handler: listed(token=str(int(given.get("resumptionToken", "0")) + 1))
)


@pytest.mark.parametrize("answer", [LOOP, CIRCLE, EMPTY_PAGES])
def test_a_circle_is_left_and_what_was_read_stays(answer: Any) -> None:
    with library(answer) as url:
        found = harvested(url)

    assert "the same page of records again and again" in found.trouble
    assert len(found.rows) == {id(LOOP): 2, id(CIRCLE): 1, id(EMPTY_PAGES): 0}[id(answer)]
    assert found.until is None


def test_a_lie_about_how_many_there_are_is_named() -> None:
    with library(usual(lambda given, _h: listed(item(1), item(1), token="", size="5000"))) as url:
        found = harvested(url)

    assert found.words == ["It promised 5000 records and gave 1."]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">&b;</OAI-PMH>'
)
ON_PAGE_TWO = listed(item(1), token="2")


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ((500, {}, "oh"), "It answers with the error 500."),
        ((404, {}, "<p>no</p>"), "It answers with the error 404."),
        ((422, {}, oai('<error code="badResumptionToken">old</error>')), "its own mark"),
        ((200, {}, oai('<error code="badArgument">from?</error>')), "It refused: “from?”."),
        ((200, {}, oai('<error code="newError">hm</error>')), "It refused: “hm”."),
        ((503, {"Retry-After": "86400"}, ""), "asks us to come back in 86400 seconds"),
        ((200, {}, "<!DOCTYPE html><html><p>Hello"), "It answers with a web page"),
        ((200, {}, "not xml at all"), "no well-formed XML"),
        ((200, {}, listed(item(2))[:-40]), "no well-formed XML"),
        ((200, {}, b""), "no well-formed XML"),
        ((200, {}, BOMB), "declares entities of its own"),
        ((200, {}, listed(item(2)).encode("utf-16")), "not written in UTF-8"),
        ((200, {}, "<rss/>"), "not in OAI-PMH"),
        ((200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 9)), "packed though"),
        ((302, {"Location": "http://10.0.0.1/oai"}, ""), "leads into a private network (10.0.0.1)"),
        ((302, {"Location": "http://169.254.169.254/"}, ""), "leads into a private network"),
        ((302, {"Location": "file:///etc/passwd"}, ""), "cannot be opened"),
        ((302, {"Location": "?verb=again"}, ""), "from address to address without end"),
    ],
)
def test_trouble_is_one_sentence_and_what_was_read_before_it_stays(broken: Any, words: str) -> None:
    def records(given: dict[str, str], _handler: Any) -> Any:
        return broken if "resumptionToken" in given or given["verb"] == "again" else ON_PAGE_TWO

    with library(usual(records)) as url:
        found = harvested(url)

    assert words in found.trouble
    assert [row.title for row in found.rows] == ["Record 1"]
    assert found.until is None


def test_busy_for_a_moment_is_waited_for() -> None:
    answers = iter([(503, {"Retry-After": "1"}, ""), listed(item(1))])

    with library(usual(lambda given, _handler: next(answers))) as url:
        found = harvested(url)

    assert (len(found.rows), found.trouble) == (1, "")


def _drip(given: dict[str, str], handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n")
    try:
        while True:
            handler.wfile.write(b"X-Slow: 1\r\n")
            time.sleep(0.2)
    except OSError:
        pass


def _endless(given: dict[str, str], handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    try:
        while True:
            handler.wfile.write(b"<record>" * 10_000)
    except OSError:
        pass


@pytest.mark.parametrize(
    ("answer", "words"), [(_drip, "It "), (_endless, "It sent more than 20.0 MB")]
)
def test_one_that_drips_or_never_ends_is_left(answer: Any, words: str) -> None:
    begun = time.monotonic()

    with library(usual(answer)) as url:
        found = harvested(url, seconds=3)

    # A drip ends as too slow, or as an answer that did not come in time.
    assert words in found.trouble
    assert time.monotonic() - begun < 8


def test_a_server_that_is_not_there_is_said_so() -> None:
    assert harvested("http://127.0.0.1:9/oai").trouble == "127.0.0.1 cannot be reached."
    assert "no server of the name" in harvested("http://nowhere.invalid/oai").trouble


def test_one_without_dublin_core_is_said_so() -> None:
    formats = oai(
        "<ListMetadataFormats><metadataFormat><metadataPrefix>mods</metadataPrefix>"
        "</metadataFormat></ListMetadataFormats>"
    )

    with library(lambda given, _h: IDENTIFY if given["verb"] == "Identify" else formats) as url:
        assert "does not offer its records as “oai_dc”" in harvested(url).trouble


def test_records_without_name_or_description_are_rows_all_the_same() -> None:
    nameless = "<record><header><datestamp>x</datestamp></header></record>"
    bare = "<record><header><identifier>oai:little:9</identifier></header><metadata/></record>"

    with library(usual(lambda given, _handler: listed(nameless, bare, item(1)))) as url:
        rows = harvested(url).rows

    assert "no name there" in rows[0].wrong[0]
    assert "without a description" in rows[1].wrong[0]
    assert rows[2].title == "Record 1"


def test_the_day_of_keeping_is_not_taken_for_the_year() -> None:
    kept = "<dc:title>Kept {n}</dc:title><dc:date>2018-11-16T00:00:00Z</dc:date>"

    with library(usual(lambda given, _handler: listed(item(1, kept)))) as url:
        [row] = harvested(url).rows

    assert "year" not in row.cells
    assert "its dates are those of keeping it there" in row.notes[0]


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "127.0.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "2002:a00:1::",
        "64:ff9b::a00:1",
    ],
)
def test_private_addresses_are_never_reached(address: str) -> None:
    assert not is_public(address, may_be_this_machine=False)


def test_public_ones_are_and_this_machine_only_on_itself() -> None:
    assert is_public("93.184.216.34", may_be_this_machine=False)
    assert is_public("2606:4700::1111", may_be_this_machine=False)
    assert public_address("127.0.0.1", 80, may_be_this_machine=True) == "127.0.0.1"
    with pytest.raises(Trouble, match="private network"):
        public_address("localhost", 80, may_be_this_machine=False)


def test_in_production_this_machine_is_not_read(settings: Any) -> None:
    settings.PRODUCTION = True

    with library(usual(lambda given, _handler: listed(item(1)))) as url:
        found = harvested(url)

    assert (found.rows, "private network" in found.trouble) == ([], True)


def test_answers_of_latin_letters_are_read_as_they_say() -> None:
    look_at('<?xml version="1.0" encoding="iso-8859-1"?><OAI-PMH>é</OAI-PMH>'.encode("latin-1"))
