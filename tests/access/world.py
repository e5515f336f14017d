"""One world with an object of every sort, made once and rolled back after the last look at it.
Called by the tests of access alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import TestCase, override_settings

from exchange.ledger import worker
from exchange.mail import tokens
from exchange.mail.tokens import What
from tests import bymail
from tests.access import inside, people, people_rooms, shared
from tests.access.marks import World


@contextmanager
def made(place: Path) -> Iterator[World]:
    """The world, in one transaction of its own; files in a folder of its own."""
    passing = place / "tmp"
    passing.mkdir()
    with (
        override_settings(DATA_DIR=place, FILE_UPLOAD_TEMP_DIR=passing, LIBRARY_STORE=""),
        transaction.atomic(),
    ):
        bymail.settle_in(settings, place)
        world = World(members=people.everyone())
        # A word of the vocabularies, one of the glossary, and the one outbox letter's number.
        world.at.update({"topic": "child-participation", "term": "child", "letter": 1})
        with TestCase.captureOnCommitCallbacks(execute=True):
            _fill(world)
        worker.run_until_idle()
        world.browsers = people.browsers(world.members)
        yield world
        transaction.set_rollback(True)


def _fill(world: World) -> None:
    steps: tuple[Any, ...] = (
        inside.spaces,
        shared.talk,
        shared.voices,
        shared.library,
        shared.of_hosts,
        inside.talk,
        shared.pictures,
        inside.kept,
        inside.invited,
        people_rooms.messages,
        people_rooms.working,
        people_rooms.carried,
        people_rooms.told,
    )
    for step in steps:
        step(world)
    _links(world)
    people.block_and_pause(world.members)


def _links(world: World) -> None:
    """The links in letters to Amina by which she stops them: they may be in a forwarded copy."""
    amina, at = world.members["author"], world.at
    for name, what, item in (
        ("the group", What.PAGE_SPACE, at["group"].pk),
        ("talk inside", What.PAGE_FOLLOW, at["inside discussion"]),
        ("invitations", What.INVITE_STOP, at["invitation number"]),
        ("the pair", What.PAIR_STOP, at["pair"]),
        ("papers", What.PAPER_STOP, at["group"].pk),
        ("messages", What.MESSAGE_PAGE, at["correspondence"]),
        ("newsletters", What.NEWS_PAGE, at["subscriber number"]),
    ):
        at[f"stop of {name}"] = tokens.make(what, person=amina.pk, item=item)
