"""Whatever an address or a form holds, and however it is asked for, the library answers and does
not fall. Read by pytest alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from exchange.library.models import File
from tests import cast
from tests.house.test_addresses import routes
from tests.library.carried import on_every_shelf
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
ODD = (
    *("", "%00", "a%00b", "%01", "-1", "0", "2147483648", "9223372036854775808", HUGE),
    *("%FF%FE", "%ED%A0%80", "%F0%9F%A6%93", "x" * 60, "%27%22%3E%3Csvg%3E", "..%2F..%2Fetc"),
    *("%D9%A3", "%C2%B2", "1e5", "%22unclosed", "a:b:c", "(", "NOT%20AND%20NEAR(", "0001-01-01"),
)
IN_PATHS = ("-1", "9223372036854775808", HUGE, "%ED%A0%80", "x" * 3000, "%C2%B2", "%00", "a:b")
# What pages read from the query.
NAMES = (
    *("q", "page", "order", "country", "topic", "type", "region", "language", "year", "kind", "to"),
    *("from", "until", "draft", "audience", "verb", "metadataPrefix", "resumptionToken", "set"),
    *("identifier", "text", "at", "in", "how", "advice", "received", "state", "show", "all"),
    *("licence", "evidence", "readable", "unsent", "level"),
)
FIELDS = (
    *("title", "words", "body", "text", "note", "comment", "language", "version", "once", "word"),
    *("what", "how", "country", "setting", "received", "communities", "form", "spoken", "link"),
    *("shelf", "resource", "insist", "url", "doi", "isbn", "handle", "year", "month", "dated"),
    *("persons", "organisations", "publisher", "types", "topics", "countries", "which", "right"),
    *("right_note", "people", "where", "anchor", "act", "row", "update", "type", "place", "topic"),
    *("set_spec", "name", "label", "take_back", "away", "advice", "way", "pk", "cadence", "most"),
)
SENT = ("\0", "x" * 3000, HUGE, "-1", "²", "é🦓\u200f", "\u0958" * 90, "https://e.org/" + "y" * 990)
ROOMS = ("library:", "library-desk:", "discovery:", "library-file", "library-figure", "oai")


@pytest.fixture
def people(beatriz, amina, chen) -> dict[str, Client]:
    members = {one.display_name: cast.signed_in(Client(), one) for one in (beatriz, amina, chen)}
    found = {"visitor": Client(), **members}
    for client in found.values():
        client.raise_request_exception = False
        client.cookies["unknown"] = "1"
    return found


@pytest.fixture
def known(beatriz) -> dict[str, str]:
    """What stands in the addresses of one record that has everything."""
    row = shelved()
    on_every_shelf(pk=row.pk, host=beatriz)
    file = File.objects.get()
    return {
        "pk": str(row.pk),
        "slug": row.slug,
        "number": "1",
        "file": str(file.pk),
        "key": file.key,
        "name": file.name,
        "form": "ris",
        "hub": "east-africa",
        "what": "rung",
        "length": "page",
        "step": "title",
        "token": "t",
    }


def paths(known: dict[str, str], holding: str = "") -> Iterator[str]:
    for path, name, _pattern in routes(get_resolver()):
        if name.startswith(ROOMS) and f":{holding}>" in (path if holding else ":>"):
            yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: known.get(m[1], "1"), path)


def fell(client: Client, method: str, path: str, **more: object) -> str:
    """What broke, in words; "" when nothing did."""
    answer = getattr(client, method)(path, **more)
    if answer.status_code >= 500 and answer.status_code != 503:
        return f"{method} {path[:160]} {str(more)[:200]}: {getattr(answer, 'exc_info', '')}"
    if answer.streaming:
        b"".join(answer)
    return ""


def turned(names: tuple[str, ...], values: tuple[str, ...], by: int) -> dict[str, str]:
    """Another odd value for each name, each time."""
    return {name: values[(place + by) % len(values)] for place, name in enumerate(names)}


@pytest.mark.parametrize("who", ["visitor", "Beatriz"])
def test_no_query_breaks_a_page(people, known, who):
    bad = []
    for path in paths(known):
        for by in range(3):
            odd = turned(NAMES, ODD, by * 7)
            query = "&".join(f"{name}={value}" for name, value in odd.items())
            bad.append(fell(people[who], "get", f"{path}?{query}&q=play&q={HUGE}&page={HUGE}"))
    assert [one for one in bad if one] == []


def test_no_part_of_an_address_breaks_a_page(people, known):
    bad = []
    for name in known:
        for odd in IN_PATHS:
            asked = paths({**known, name: odd}, holding=name)
            bad += [fell(people["Beatriz"], "get", path) for path in asked]
    assert [one for one in bad if one] == []


@pytest.mark.parametrize("who", ["visitor", "Chen", "Beatriz"])
def test_no_method_breaks_a_page(people, known, who):
    methods = ("post", "put", "delete", "options", "head", "trace")
    bad = [fell(people[who], method, path) for path in paths(known) for method in methods]
    assert [one for one in bad if one] == []


@pytest.mark.parametrize("who", ["visitor", "Amina", "Beatriz"])
def test_nothing_sent_breaks_a_page(people, known, who):
    bad = []
    for path in paths(known):
        for by in range(3):
            odd = turned(FIELDS, SENT, by * 3)
            bad.append(fell(people[who], "post", path, data=odd))
    assert [one for one in bad if one] == []


def test_no_question_of_a_harvester_breaks_the_answer(people, known):
    name = f"oai:{urlsplit(settings.BASE_URL).hostname}:res"
    bad = []
    for odd in (*SENT, "\x01", "\ufffe", f"{name}\0urce/1", f"{name}ource/1\0"):
        for verb in ("GetRecord", "ListRecords", "ListSets", odd):
            for asked in (
                "identifier",
                "set",
                "from",
                "until",
                "resumptionToken",
                "metadataPrefix",
            ):
                said = {"verb": verb, "metadataPrefix": "oai_dc", asked: odd}
                bad.append(fell(people["visitor"], "post", "/oai", data=said))
    assert [one for one in bad if one] == []
