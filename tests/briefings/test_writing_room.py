"""The public side of the writing room: which rows have a page there, and when the room is opened."""

from datetime import timedelta

import pytest
from django.db import connection

from exchange.briefings import writing_room
from exchange.briefings.hooks import writing as hooks
from exchange.briefings.models import Brief, Due
from exchange.briefings.queries import briefs
from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.ledger.registry import Later
from exchange.members.models import Member


def prepared(by: Member) -> Brief:
    row = spine.prepare(kind="brief", content=Content(title="A", body="B."), author=by)
    found: Brief = briefs(by).get(pk=row.pk)
    return found


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What would be run in the writing room's process."""
    run: list[tuple[str, ...]] = []
    monkeypatch.setattr(writing_room, "have_run", lambda *words: run.append(words))
    return run


@pytest.fixture
def tables(db: None) -> None:
    """As the writing room makes them, as far as the public side asks."""
    if connection.introspection.table_names().count(writing_room.PAGES):
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {writing_room.PAGES} (id bigint, live boolean)")
        cursor.execute(f"CREATE TABLE {writing_room.STANDING} (page_id bigint, version integer)")


def withdrawn(row: Brief, by: Member) -> Event:
    spine.withdraw(contribution=row, by=by)
    return Event.objects.filter(kind="contribution.withdrawn").latest("pk")


def test_where_nobody_ever_wrote_there_nothing_is_opened(
    beatriz: Member, opened: list[tuple[str, ...]]
) -> None:
    row = prepared(beatriz)
    hooks.tell_writing_room(withdrawn(row, beatriz))
    other = prepared(beatriz)
    writing_room.bind(row=other, page_id=7)
    hooks.tell_writing_room(withdrawn(other, beatriz))
    assert opened == []


def test_a_page_is_told_of_its_row_and_only_while_it_says_something_else(
    beatriz: Member, tables: None, opened: list[tuple[str, ...]]
) -> None:
    row = prepared(beatriz)
    writing_room.bind(row=row, page_id=7)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {writing_room.PAGES} (id, live) VALUES (7, true)")
        cursor.execute(
            f"INSERT INTO {writing_room.STANDING} (page_id, version) VALUES (7, %s)", [row.version]
        )
    spine.send_prepared(contribution=row, by=beatriz)
    hooks.tell_writing_room(Event.objects.filter(kind="contribution.published").latest("pk"))
    assert opened == []
    hooks.tell_writing_room(withdrawn(row, beatriz))
    assert opened == [("write_follow", "7")]


def test_a_page_falls_due_once_and_its_tries_are_counted_before_they_are_made(db: None) -> None:
    moment = now()
    writing_room.put_due(page_id=7, at=moment)
    writing_room.put_due(page_id=7, at=moment)
    assert Due.objects.count() == 1
    assert writing_room.is_anything_due(moment)
    assert writing_room.begin_try(page_id=7, moment=moment) == 1
    assert writing_room.begin_try(page_id=7, moment=moment) == 0
    assert writing_room.begin_try(page_id=7, moment=moment + timedelta(minutes=5)) == 2
    writing_room.put_due(page_id=7, at=None)
    assert not Due.objects.exists()


def test_a_command_that_fails_is_tried_later(db: None) -> None:
    with pytest.raises(Later):
        writing_room.have_run("no_such_command")
