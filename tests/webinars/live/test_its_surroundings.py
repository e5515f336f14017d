"""A live process with little room, and with a Redis that several machines would share."""

import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exchange.webinars.live import bus
from tests.webinars.live.process import Live, a_ticket, free_port, prepared, running, told, until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: Any) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    assert program, "the tests' command installs one"
    port = free_port()
    words = [
        program,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    place: Path = tmp_path_factory.mktemp("redis")
    server = subprocess.Popen(words, cwd=place, stdout=subprocess.DEVNULL)
    until(lambda: _answers(port))
    yield server, f"redis://127.0.0.1:{port}/0"
    if server.poll() is None:
        server.kill()
    server.wait()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@pytest.fixture(scope="module")
def narrow(django_db_setup: None, redis_server: Any, tmp_path_factory: Any) -> Iterator[Live]:
    """Room for six, three from one address; it hears by Redis."""
    more = {
        "EXCHANGE_LIVE_CONNECTIONS": "6",
        "EXCHANGE_LIVE_FROM_ONE": "3",
        "EXCHANGE_REDIS": redis_server[1],
    }
    with running(tmp_path_factory.mktemp("narrow"), **more) as live:
        yield live


@pytest.fixture
def small(narrow: Live, redis_server: Any, settings: Any) -> Iterator[Live]:
    settings.LIVE_PORT, settings.REDIS_URL = narrow.port, redis_server[1]
    until(narrow.is_well)
    yield narrow
    for reader in narrow.readers:
        reader.close()
    narrow.readers.clear()


def _median_wait(wire: Live, webinar_id: int, count: int = 7) -> float:
    reader = wire.read(webinar_id)
    waits = []
    for number in range(count):
        begun = time.monotonic()
        told(webinar_id)
        reader.has(number + 1)
        waits.append(time.monotonic() - begun)
    return sorted(waits)[count // 2]


def test_more_than_there_is_room_for_are_asked_to_come_later(small, live):
    def from_address(address: str):
        paper = a_ticket(live.pk)
        return small.ask(
            f"/live/{live.pk}/events?t={paper}&after=0", X_Forwarded_For=address
        ).answered()

    first = [from_address("198.51.100.7") for _n in range(3)]
    assert [reader.status for reader in first] == [200] * 3
    refused = from_address("198.51.100.7")
    assert refused.status == 503
    assert refused.headers["retry-after"]
    assert refused.headers["access-control-allow-origin"] == "*"
    others = [from_address(f"203.0.113.{n}") for n in range(4)]
    assert [reader.status for reader in others] == [200, 200, 200, 503]

    first[0].close()
    until(lambda: from_address("203.0.113.9").status == 200)


def test_a_head_without_end_is_cut_off(small, live):
    reader = small.ask(f"/live/{live.pk}/events", X_Long="x" * 40_000)

    reader.closed()
    assert reader.status in (0, 400)


def test_nonsense_is_answered_and_the_line_closed(small):
    wire = socket.create_connection(("127.0.0.1", small.port), timeout=5)
    wire.sendall(b"\x16\x03\x01 this is no HTTP\r\n\r\n")

    assert wire.recv(100).startswith(b"HTTP/1.1 400")
    wire.close()


def test_redis_says_at_once_that_there_is_something(small, live):
    told(live.pk)
    until(lambda: _median_wait(small, live.pk) < 0.4, 20)


def test_without_redis_it_arrives_with_the_next_look_and_no_page_waits(
    small, live, redis_server, monkeypatch
):
    server, _address = redis_server
    reader = small.read(live.pk)
    server.kill()
    server.wait()
    monkeypatch.setattr(bus, "_rests_until", 0.0)
    begun = time.monotonic()
    for _number in range(30):
        told(live.pk)
    assert time.monotonic() - begun < 4, "after the first nobody waits for it"

    reader.has(30, 10)
    assert reader.numbers == list(range(1, 31))


def test_while_the_database_is_away_it_says_later_and_not_never(django_db_setup, tmp_path):
    """A page that hears "later" comes back; one that hears "no" would ask for a new ticket."""
    live = prepared(tmp_path, EXCHANGE_DATABASE="")
    (tmp_path / "exchange.sqlite3").unlink(missing_ok=True)
    live.start(wait_until_well=False)
    try:
        answer = until(lambda: _answer(live, f"/live/7/events?t={a_ticket(7)}&after=0"))
        assert answer.status == 503
        assert answer.headers["access-control-allow-origin"] == "*"
        assert _answer(live, "/live/healthz").status == 503
    finally:
        live.end()


def _answer(live: Live, path: str):
    try:
        return live.ask(path).answered()
    except OSError:
        return None


def test_those_who_come_and_go_in_a_hurry_leave_nothing_behind(small, live):
    """Two hundred lines, each cut at another moment; then there is room for all as before."""
    told(live.pk, text="x" * 2000)
    for number in range(200):
        paper = a_ticket(live.pk)
        try:
            reader = small.ask(f"/live/{live.pk}/events?t={paper}&after=0")
            if number % 3:
                reader.read()
            if number % 2:
                linger = struct.pack("ii", 1, 0)  # cut, not closed
                reader.wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        except OSError:
            continue
        reader.close()

    def has_room() -> bool:
        readers = [
            small.ask(f"/live/{live.pk}/events?t={a_ticket(live.pk)}").answered() for _n in range(6)
        ]
        for reader in readers:
            reader.close()
        return all(reader.status == 200 for reader in readers)

    until(has_room)
