"""A restart, a kill, a lost bus, a slow line: every reader has every number, once and in order."""

import signal
import time

import pytest

from exchange.webinars.models import LiveEvent, Presence
from tests.webinars.live.process import Reader, a_ticket, told, until

pytestmark = pytest.mark.django_db(transaction=True)


def _all(webinar) -> list[int]:
    rows = LiveEvent.objects.filter(webinar=webinar).order_by("seq")
    return list(rows.values_list("seq", flat=True))


def _come_back(wire, webinar, paper: str, before: Reader) -> Reader:
    """As a browser does: the same ticket, and the last number it has."""
    known = {"Last_Event_ID": str(before.numbers[-1])} if before.numbers else {}
    return wire.read(webinar.pk, paper, after=0, **known)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_a_restart_in_the_middle_loses_nothing_for_anybody(wire, live, end):
    papers = [a_ticket(live.pk) for _n in range(8)]
    before = [wire.read(live.pk, paper) for paper in papers]
    for number in range(20):
        told(live.pk, number=number)
    wire.stop(end)
    for number in range(20):  # nobody hears it now
        told(live.pk, number=number)
    wire.start()
    for reader in before:
        reader.closed()
    after = [
        _come_back(wire, live, paper, reader) for paper, reader in zip(papers, before, strict=True)
    ]
    for number in range(20):
        told(live.pk, number=number)

    for first, second in zip(before, after, strict=True):
        until(lambda f=first, s=second: len(f.numbers) + len(s.read().numbers) >= 60)
        assert first.numbers + second.numbers == _all(live)


def test_who_is_sent_away_is_told_when_to_come_back_each_at_another_moment(wire, live):
    readers = [wire.read(live.pk) for _n in range(12)]

    assert wire.stop() == 0

    moments = {int(reader.closed().text.rpartition("retry: ")[2]) for reader in readers}
    assert all(3000 <= moment <= 15000 for moment in moments)
    assert len(moments) > 6


def test_without_a_poke_it_arrives_with_the_next_look(wire, live, settings):
    settings.LIVE_PORT = 0  # nobody is poked
    reader = wire.read(live.pk)
    told(live.pk)

    assert reader.has(1, 8), "a look each second, and some time for a machine that is busy"


def test_a_poke_makes_it_arrive_at_once(wire, live):
    reader = wire.read(live.pk)
    waits = []
    for number in range(5):
        begun = time.monotonic()
        told(live.pk)
        reader.has(number + 1)
        waits.append(time.monotonic() - begun)

    assert sorted(waits)[2] < 0.5


@pytest.mark.parametrize("words", [b"", b"1", b"x y", b"1 2 3", b"9" * 2000, b"\xff\x00", b"-1 5"])
def test_whatever_is_poked_does_no_harm(wire, live, words):
    reader = wire.read(live.pk)
    wire.poke(words)
    wire.poke(f"{live.pk} 999999".encode())
    told(live.pk)

    assert reader.has(1)


def test_a_reader_too_slow_is_let_go_and_reads_on_from_the_table(wire, live):
    slow = wire.read(live.pk, narrow=True)
    quick = wire.read(live.pk)
    count, words = 200, "x" * 6000  # more than all buffers on the way hold together
    for number in range(count):
        told(live.pk, number=number, text=words)
        if number % 20 == 19:
            quick.has(number + 1)
    slow.closed()

    assert len(slow.numbers) < count, "it was not kept in memory for it"
    again = _come_back(wire, live, a_ticket(live.pk), slow)
    again.has(count - len(slow.numbers))
    assert slow.numbers + again.numbers == _all(live)


def test_how_many_were_there_is_kept_as_a_number_also_at_the_end(wire, live):
    told(live.pk)
    for _n in range(3):
        wire.read(live.pk).has(1)
    assert wire.stop() == 0

    row = Presence.objects.get(webinar=live)
    assert (row.reading, row.listening) == (3, 0)
