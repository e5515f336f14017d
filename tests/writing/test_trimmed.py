"""What of the editor is open to hosts, and what is closed: every one of its addresses is one or the
other. A new version that brings one fails here until somebody has decided."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from exchange.writing.openings import OPEN, is_open, may_use
from tests.writing.addresses import CLOSED, OURS_INSTEAD, filled

ROOM = "/desk/write/"


def every_address(
    resolver: Any = None, names: str = "", path: str = ""
) -> Iterator[tuple[str, str]]:
    """Name and pattern of each address below the room."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLPattern):
            if here.startswith("desk/write/") and names != "desk:":
                yield f"{names}{entry.name or entry.lookup_str}", here
        elif isinstance(entry, URLResolver):
            inner = f"{names}{entry.namespace}:" if entry.namespace else names
            yield from every_address(entry, inner, here)


def test_each_address_is_open_or_closed_by_name() -> None:
    found = {name for name, _path in every_address() if not name.startswith("writing")}

    assert found - OPEN - CLOSED == set(), "new addresses: open them, or list them as closed"
    assert not OPEN & CLOSED


def test_what_is_open_is_there() -> None:
    found = {name for name, _path in every_address()}

    assert found >= OPEN


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_address_answers_nothing_to_a_host(host: Client, method: str) -> None:
    closed = {name: path for name, path in every_address() if not is_open(name)}
    paths = {name: filled(path) for name, path in closed.items() if name not in OURS_INSTEAD}

    answers = {path: getattr(host, method)(f"/{path}").status_code for path in paths.values()}

    assert len(answers) > 60
    assert {path: status for path, status in answers.items() if status != 404} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "ours"), [("account/", "/me/"), ("logout/", "/sign-out/"), ("login/", "/me/")]
)
def test_the_ways_to_an_account_and_out_are_ours(host: Client, path: str, ours: str) -> None:
    assert host.post(ROOM + path)["Location"] == f"/pt{ours}"


@pytest.mark.django_db
def test_an_open_address_answers_a_host(host: Client) -> None:
    simple = [path for name, path in every_address() if name in OPEN and "<" not in path]

    simple = [path for path in simple if "^" not in path and "block-preview" not in path]
    answers = {path: host.get(f"/{path}").status_code for path in simple}

    assert len(answers) > 10
    assert {path: status for path, status in answers.items() if status not in (200, 302, 405)} == {}


@pytest.mark.django_db
def test_the_menu_leads_nowhere_that_is_closed(host: Client) -> None:
    words = host.get(ROOM).content.decode()

    for closed in ("users", "groups", "collections", "workflows", "reports/locked"):
        assert f"{ROOM}{closed}" not in words


def test_powers_end_where_the_room_ends() -> None:
    assert may_use("wagtailadmin.access_admin")
    assert may_use("wagtailimages.add_image")
    assert may_use("wagtailcore.change_page")
    for closed in ("wagtailcore.add_site", "members.change_member", "auth.add_group"):
        assert not may_use(closed)
