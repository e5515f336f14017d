"""The parts of the live process, each by itself: its SQL, its queues, its limits, its setting."""

import asyncio
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as of_django

from exchange.contributions.models import PUBLIC_STATES, Contribution, State
from exchange.webinars.live import bus
from exchange.webinars.live.actions import EMPTIED
from exchange.webinars.models import Presence
from exchange.webinars.wire import hearing, store
from exchange.webinars.wire.crowd import Crowd, Full, address_of
from exchange.webinars.wire.halls import BEAT, Client, Halls
from exchange.webinars.wire.setting import Limits, Setting, Unreadable, read
from exchange.webinars.wire.store import Count, Event, Store, encoded
from tests.webinars.live.process import database_address, told

REAL = pytest.mark.django_db(transaction=True)
MINUTE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def setting(tmp_path: Path) -> Setting:
    return Setting(data=tmp_path, database=database_address(tmp_path), node="a:1")


def asked(setting: Setting, *questions):
    """Ask a store one thing after another; the answers."""

    async def ask():
        here = Store(setting)
        try:
            return [await question(here) for question in questions]
        finally:
            here.close()

    return asyncio.run(ask())


# What it reads of the database.


def test_tables_and_columns_are_named_as_in_the_models():
    known = {model._meta.db_table: model for model in apps.get_models()}

    for table, columns in store.TABLES.items():
        has = {
            field.column for field in known[table]._meta.get_fields() if hasattr(field, "column")
        }
        assert set(columns) <= has, table
    assert store.EMPTIED == EMPTIED
    assert hearing.CHANNEL == bus.CHANNEL


@REAL
@pytest.mark.parametrize("state", State.values)
def test_only_what_everybody_may_see_is_served(setting, live, state):
    told(live.pk, text="zebrafinch")
    Contribution.objects.filter(pk=live.pk).update(state=state)

    heads, events = asked(
        setting, lambda s: s.heads([live.pk, 0]), lambda s: s.events(live.pk, 0, 10)
    )

    is_public = state in PUBLIC_STATES
    assert heads == ({live.pk: 1} if is_public else {})
    assert len(events) == is_public


@REAL
def test_events_come_in_order_in_pages_and_to_the_audiences_asked_for(setting, live):
    for number in range(5):
        told(live.pk, number=number, audience="all" if number % 2 else "helpers")

    page, theirs = asked(
        setting,
        lambda s: s.events(live.pk, 1, 2),
        lambda s: s.events(live.pk, 0, 10, ["helpers"]),
    )

    assert [event.seq for event in page] == [2, 3]
    assert [event.seq for event in theirs] == [1, 3, 5]
    assert encoded(theirs[0]) == b'id: 1\ndata: {"k":"chat","number":0}\n\n'


@REAL
def test_the_most_of_a_minute_is_kept_and_nobody_s_name(setting, live):
    asked(
        setting,
        lambda s: s.note([Count(live.pk, 40, 3), Count(987_654, 1, 1)], MINUTE),
        lambda s: s.note([Count(live.pk, 12, 5)], MINUTE),
    )

    row = Presence.objects.get()
    assert (row.webinar_id, row.node, row.minute) == (live.pk, "a:1", MINUTE)
    assert (row.reading, row.listening) == (40, 5)


def test_words_of_any_script_and_shape_make_one_event():
    line = encoded(Event(3, "line", "lane:ar", '{"text": "مرحبا\\n\\nid: 9\\ndata: x\\r\\u2028"}'))

    assert line.count(b"\n") == 3
    assert line.startswith(b"id: 3\ndata: {")
    assert line.endswith(b"}\n\n")


# Queues.


def in_a_loop(work):
    async def run():
        return work()

    return asyncio.run(run())


def a_client(gone: list[str], **named) -> Client:
    setting = Setting(data=Path(), limits=Limits(waiting=3), **named)
    return Client(lambda: gone.append("gone"), frozenset({"all"}), setting, until=1e12)


def test_who_cannot_keep_up_is_let_go():
    def work():
        gone: list[str] = []
        client = a_client(gone)
        for _n in range(3):
            client.put(b"x", 0)
        assert not gone
        client.put(b"x", 0)
        return gone, client.is_over, len(client.waiting)

    assert in_a_loop(work) == (["gone"], True, 3)


def test_a_sign_of_life_after_a_while_of_silence_alone():
    def work():
        client = a_client([])
        begun = client.touched
        client.beat(begun + 19)
        assert not client.waiting
        client.beat(begun + 26)
        client.beat(begun + 60)  # one waits already
        return list(client.waiting)

    assert in_a_loop(work) == [BEAT]


def test_who_has_not_read_on_is_not_let_into_the_hall():
    def work():
        halls = Halls()
        first, late = a_client([]), a_client([])
        first.at = late.at = 4
        assert halls.join(1, first)
        halls.open[1].deliver([Event(5, "chat", "all", "{}")])
        assert not halls.join(1, late)
        late.at = 6  # it has read further than the others were told
        assert halls.join(1, late)
        halls.open[1].deliver([Event(6, "chat", "all", "{}"), Event(7, "chat", "all", "{}")])
        return len(first.waiting), len(late.waiting)

    assert in_a_loop(work) == (3, 1)


def test_a_hall_is_counted_before_it_is_closed():
    def work():
        halls = Halls()
        client = a_client([])
        halls.join(1, client)
        halls.tend(10)
        halls.leave(1, client)
        return halls.counted(), dict(halls.open)

    assert in_a_loop(work) == ([Count(1, 1, 0)], {})


# Limits.


def test_so_many_in_all_and_so_many_from_one_address():
    crowd = Crowd(Limits(connections=3, from_one=2))
    with crowd.counted("198.51.100.7"), crowd.counted("198.51.100.7"):
        with pytest.raises(Full), crowd.counted("198.51.100.7"):
            pass
        with crowd.counted("203.0.113.9"), pytest.raises(Full), crowd.counted("203.0.113.10"):
            pass
    assert len(crowd) == 0


@pytest.mark.parametrize(
    ("peer", "told_by_a_proxy", "counted"),
    [
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("127.0.0.1", "", ""),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        ("::ffff:127.0.0.1", "nonsense", ""),
        ("2001:db8:1:2:3::4", "", "2001:0db8:0001:0002"),
        ("::1", "2001:db8:1:2:aaaa::4", "2001:0db8:0001:0002"),
    ],
)
def test_where_somebody_comes_from(peer, told_by_a_proxy, counted):
    headers = [(b"x-forwarded-for", told_by_a_proxy.encode())] if told_by_a_proxy else []

    assert address_of({"client": (peer, 1), "headers": headers}) == counted


# Settings.


def test_the_setting_comes_from_the_environment_and_the_kept_secret(tmp_path):
    (tmp_path / "secret-key").write_text("kept")

    found = read({"EXCHANGE_DATA": str(tmp_path), "EXCHANGE_LIVE_PORT": "9001"})

    assert (found.port, found.secret, found.host) == (9001, "kept", "127.0.0.1")
    assert found.node.endswith(":9001")


@pytest.mark.parametrize(
    ("env", "words"), [({"EXCHANGE_LIVE_PORT": "x"}, "a number"), ({}, "no secret key")]
)
def test_what_cannot_be_understood_is_said_in_words(tmp_path, env, words):
    with pytest.raises(Unreadable, match=words):
        read({"EXCHANGE_DATA": str(tmp_path), **env})


def test_the_live_process_does_not_carry_django():
    """It stays small: none of its files, nor what they import of ours, knows Django."""
    program = (
        "import sys; import exchange.webinars.wire.running; "
        "print([name for name in sys.modules if name.startswith(('django', 'redis', 'psycopg'))])"
    )
    env = {"PYTHONPATH": str(of_django.PACKAGE.parent)}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True)

    assert done.stdout.strip() == "[]", done.stderr
