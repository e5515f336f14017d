"""The stream with real programs: many listeners, a weak line, whatever is killed comes back.
Run by pytest alone."""

import asyncio
import contextlib
import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest

from exchange.core import ids
from exchange.webinars.live import tickets
from exchange.webinars.sound import places
from exchange.webinars.wire.ticket import SOUND
from tests.webinars.live.process import Live, a_ticket, running
from tests.webinars.sound.radio import Listener, Radio, WeakLine, listen, until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def live(radio: Radio, django_db_setup: None) -> Iterator[Live]:
    with running(radio.data) as live:
        yield live


@pytest.fixture(scope="module")
def broadcast(radio: Radio) -> Iterator[str]:
    """Somebody speaks; gives the key of the broadcast once it can be heard."""
    key = ids.new_id()
    radio.speaker(key, 1)
    until(lambda: all(_is_there(radio, f"/{key}.{kind}") for kind in places.STREAMS))
    yield key
    radio.forget()


@pytest.fixture
def on_air(radio: Radio, hour: Any, broadcast: str) -> Iterator[str]:
    """What is spoken is this hour's."""
    places.put_on_air(radio.data, hour.pk, broadcast)
    yield broadcast
    places.take_off_air(radio.data, hour.pk, broadcast)


def _is_there(radio: Radio, path: str) -> bool:
    try:
        return asyncio.run(listen(radio.port, path, 0.2)).status == 200
    except asyncio.IncompleteReadError:  # its first second has not come
        return False


def _address(hour: Any, key: str, kind: str = "opus") -> str:
    ticket = tickets.for_sound(hour.pk, broadcast=key)
    return f"/live/{hour.pk}/sound.{kind}?t={ticket}"


async def _again_and_again(
    port: int, addresses: list[str], seconds: float, heard: list[Listener]
) -> None:
    """As the script does: when the sound ends, a new address after a moment."""
    until_then = time.monotonic() + seconds
    for address in addresses:
        heard.append(Listener())
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await listen(port, address, until_then - time.monotonic(), heard[-1])
        if time.monotonic() > until_then:
            return
        await asyncio.sleep(0.5)


def test_many_hear_one_even_flow_and_a_weak_line_hears_it_too(live, radio, hour, on_air):
    weak: list[Listener] = []
    addresses = [_address(hour, on_air, ("opus", "mp3", "webm")[n % 3]) for n in range(30)]
    spare = [_address(hour, on_air) for _ in range(20)]

    async def everybody() -> list[Listener]:
        async with WeakLine(live.port) as line:

            async def outage() -> None:
                await asyncio.sleep(3)
                line.cut()
                await asyncio.sleep(1.5)
                line.is_cut = False

            many = [listen(live.port, address, 7) for address in addresses]
            work = _again_and_again(line.port, spare, 12, weak)
            return (await asyncio.gather(*many, work, outage()))[:30]

    heard = asyncio.run(everybody())

    assert {one.status for one in heard} == {200}
    assert {one.kind for one in heard} == {"audio/ogg", "audio/mpeg", "audio/webm"}
    assert max(max(one.gaps) for one in heard) < 4
    opus = [one for one in heard if one.kind == "audio/ogg"]
    assert all(b"OggS" in one.first for one in opus)
    assert max(one.rate for one in opus) < 100_000
    first, last = weak[0], weak[-1]
    assert first.status == 200
    assert last.at[0][0] - first.at[-1][0] < 10
    assert last.gaps
    assert max(last.gaps) < 4


def test_what_is_killed_comes_back_and_the_sound_with_it(live, radio, hour, on_air):
    heard: list[Listener] = []
    addresses = [_address(hour, on_air, "mp3") for _ in range(40)]

    def kill_one_after_another() -> None:
        for kill in (_decoder, _encoder, _icecast, _program):
            count = sum(one.size for one in heard)
            kill(radio)
            until(lambda before=count: sum(one.size for one in heard) > before + 6000)

    async def meanwhile() -> None:
        listening = asyncio.create_task(_again_and_again(live.port, addresses, 60, heard))
        await asyncio.to_thread(kill_one_after_another)
        listening.cancel()

    asyncio.run(meanwhile())

    arrivals = [moment for one in heard if one.status == 200 for moment, _size in one.at]
    pauses = [later - earlier for earlier, later in itertools.pairwise(arrivals)]
    assert max(pauses) < 20


def _decoder(radio: Radio) -> None:
    radio.kill(until(lambda: radio.ffmpegs("matroska"))[0])


def _encoder(radio: Radio) -> None:
    radio.kill(until(lambda: radio.ffmpegs("libmp3lame"))[0])


def _icecast(radio: Radio) -> None:
    radio.icecast.kill()
    radio.icecast.wait()
    radio.start_icecast()


def _program(radio: Radio) -> None:
    radio.program.kill()
    radio.program.wait()
    radio.start_program()


def test_nobody_listens_without_a_ticket_of_ours_for_this_very_sound(live, radio, hour, on_air):
    good = a_ticket(hour.pk, kind=SOUND, broadcast=on_air)
    forged = a_ticket(hour.pk, kind=SOUND, broadcast=on_air, secret="another secret")
    old = a_ticket(hour.pk, kind=SOUND, broadcast=on_air, expires=int(time.time()) - 1)
    to_read = a_ticket(hour.pk, broadcast=on_air)
    elsewhere = a_ticket(hour.pk + 1, kind=SOUND, broadcast=on_air)
    of_another = a_ticket(hour.pk, kind=SOUND, broadcast=ids.new_id())

    def status(ticket: str) -> int:
        path = f"/live/{hour.pk}/sound.opus?t={ticket}"
        return asyncio.run(listen(live.port, path, 0.3)).status

    assert status(good) == 200
    assert [status(one) for one in ("", forged, old, to_read, elsewhere)] == [403] * 5
    assert status(of_another) == 404


def test_a_line_that_was_away_brings_what_it_kept(radio, hour, on_air):
    """Two seconds that came late are played, not lost: the decoder takes all pieces in order."""
    speaker = radio.speakers[-1]
    speaker.away = True
    time.sleep(2.2)

    speaker.away = False

    mark = speaker.place.work / f"{speaker.sitting}.next"
    before = int(mark.read_text())
    until(lambda: int(mark.read_text()) >= before + 3)


def test_when_the_sound_is_closed_those_who_listen_are_let_go(live, radio, hour, on_air):
    address = _address(hour, on_air)
    heard = Listener()

    async def until_it_ends() -> None:
        listening = asyncio.create_task(listen(live.port, address, 30, heard))
        while not heard.at:
            await asyncio.sleep(0.05)
        places.take_off_air(radio.data, hour.pk, on_air)
        radio.speakers[-1].place.closed.touch()
        await listening

    asyncio.run(until_it_ends())

    assert heard.status == 200
    assert heard.ended
    assert asyncio.run(listen(live.port, _address(hour, on_air), 0.3)).status == 404
