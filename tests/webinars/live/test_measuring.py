"""The readers of `bench live` notice what they did not get; a count that cannot fail proves nothing."""

import pytest

from exchange.webinars.live.bench import _latencies, _part
from exchange.webinars.live.benching import telling
from exchange.webinars.live.benching.readers import Order, Reader, Room


@pytest.fixture
def room(tmp_path) -> Room:
    order = Order(port=1, webinar=1, secret="x", count=0, first_seat=1, notes=str(tmp_path / "n"))
    found = Room(order)
    found.connecting.append(0.1)
    return found


def _event(number: int) -> bytes:
    return f'20\r\nid: {number}\ndata: {{"k":"chat"}}\n\n\r\n'.encode()


def test_a_number_that_is_left_out_is_counted_as_lost(room):
    reader = Reader("", wire=None)
    room.waiting.append((0.0, reader))
    room._read(reader, b"HTTP/1.1 200 OK\r\n\r\n8\r\nretry: 3000\n\n\r\n" + _event(1), 10.0)
    room._read(reader, reader.rest + _event(2) + _event(5)[:9], 12.0)
    room._read(reader, reader.rest + _event(5)[9:] + _event(5), 13.0)

    told = room.told(7)
    assert told["lost"] == 2 + 2, "three and four between, six and seven at the end"
    assert told["twice"] == 1
    assert list(room.numbers) == [2, 5], "the first came with the connection"
    assert reader.retry == 3.0


def test_an_answer_that_is_a_refusal_is_counted(room):
    room._read(Reader("", wire=None), b"HTTP/1.1 403 Forbidden\r\n\r\n", 1.0)

    assert room.refused == 1


def test_latencies_go_from_the_commit_to_the_arrival(tmp_path, room):
    room.numbers.extend([4, 9, 5])
    room.moments.extend([10.05, 10.9, 11.2])
    (tmp_path / "notes.0").write_bytes(room.numbers.tobytes() + room.moments.tobytes())

    late = _latencies(tmp_path, {4: 10.0, 5: 11.0})
    assert [round(one) for one in late] == [50, 200], "what nobody committed is not timed"
    assert _part(late, 0.5) == _part(late, 0.95) == pytest.approx(200, abs=0.1)


def test_a_minute_of_the_measurement_is_a_minute_of_an_hour():
    kinds = [what for _at, what in telling._hour(60)]

    assert (kinds.count("text"), kinds.count("tally"), kinds.count("question")) == (6, 12, 4)
