"""Measuring: the client counts rightly, the tables read well, and real members are left alone.
Read by pytest alone."""

import http.server
import io
import json
import os
import threading
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from exchange.members.models import Member
from exchange.project.benching import client, servers
from exchange.project.benching.addresses import addresses
from exchange.project.benching.finding import measurements
from exchange.project.benching.telling import lines
from exchange.project.starter import load


class Door(http.server.BaseHTTPRequestHandler):
    """Answers hello, 304 to those who know it, and in pieces on /pieces."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.headers.get("If-None-Match") == '"known"':
            self.send_response(304)
            self.end_headers()
        elif self.path == "/pieces":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")
        else:
            self.send_response(200)
            self.send_header("Content-Length", "5")
            self.end_headers()
            self.wfile.write(b"hello")

    def log_message(self, *words: object) -> None:
        """Nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_answers_come_over_one_kept_line(port: int) -> None:
    answers = client.one_by_one(client.Ask(port, ["/", "/pieces"]), 4)

    assert [(answer.status, answer.body) for answer in answers] == [(200, b"hello")] * 4
    assert all(answer.seconds > 0 for answer in answers)


def test_an_answer_without_words_is_understood(port: int) -> None:
    (answer,) = client.one_by_one(client.Ask(port, ["/"], {"If-None-Match": '"known"'}), 1)

    assert (answer.status, answer.body) == (304, b"")


@pytest.mark.parametrize("with_wrk", [True, False])
def test_many_at_once_are_counted_and_wrong_answers_are_not(
    port: int, monkeypatch: pytest.MonkeyPatch, with_wrk: bool
) -> None:
    if with_wrk and not client.has_wrk():
        pytest.skip("wrk is not installed here")
    monkeypatch.setattr(client, "has_wrk", lambda: with_wrk)
    ask = client.Ask(port, ["/"])

    assert client.many(ask, at_once=4, seconds=1, expect=200) > 10
    assert client.many(ask, at_once=4, seconds=1, expect=304) == 0


def test_memory_of_a_process_is_known() -> None:
    assert servers.memory_kb(os.getpid()) > 10_000


def test_dicts_of_dicts_are_tables() -> None:
    told = list(lines({"made": {"a": {"x": 1, "y": 2.5}, "bb": {"x": None}}, "at": "home"}))

    assert told == ["", "made  x    y", "a     1  2.5", "bb    –    –", "at: home"]


def test_pages_search_and_write_can_be_measured() -> None:
    assert {"pages", "write"} <= set(measurements())


@pytest.mark.django_db
def test_addresses_of_every_kind_open(visitor: Client) -> None:
    load()

    found = addresses()

    assert {"home", "question list", "library", "record", "search", "ask"} <= set(found)
    for paths in found.values():
        assert visitor.get(paths[0]).status_code in (200, 302)


@pytest.mark.django_db
def test_addresses_can_be_asked_for_by_another_process() -> None:
    out = io.StringIO()

    call_command("bench", "addresses", "--json", stdout=out)

    assert json.loads(out.getvalue())["home"] == ["/"]


@pytest.mark.django_db
def test_writing_is_not_measured_where_real_people_read() -> None:
    Member.objects.create_user("somebody@example.org")

    with pytest.raises(CommandError, match="holds real members"):
        call_command("bench", "write")
