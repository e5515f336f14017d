"""Fills a database with made-up members, contributions and replies, in batches.
Called by the `generate` command alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction

from exchange.contributions.models import (
    ContextTerm,
    Contribution,
    Experience,
    Notice,
)
from exchange.conversation.models import Reply
from exchange.core import freshness
from exchange.core.time import now
from exchange.discovery import actions as discovery
from exchange.discovery.models import SearchEntry
from exchange.library.models import Resource
from exchange.members.models import Member
from exchange.project.generating.loading import Table, finish, quickly
from exchange.project.generating.rows import (
    DOMAIN,
    LANGUAGES,
    Author,
    Batch,
    Maker,
    author_rows,
)
from exchange.project.generating.words import tongue

AT_ONCE = 4000
YEARS = 5
MOST_MEMBERS = 20_000
Say = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """How much was made, and in how many seconds; `indexed` is what search took."""

    members: int
    contributions: int
    replies: int
    seconds: float
    index_seconds: float


def holds_real_members() -> bool:
    """Whether somebody real could be among the members."""
    real = Member.objects.filter(is_demo=False).exclude(email__endswith=f"@{DOMAIN}")
    return bool(real.exists())


def make(*, contributions: int, replies_per: float, seed: int, say: Say) -> Made:
    """Make it all. The same seed and amounts make the same words."""
    began = time.monotonic()
    tongues = {code: tongue(code, seed) for code in LANGUAGES}
    with quickly():
        authors = _members(seed, contributions)
        maker = Maker(seed=seed, tongues=tongues, authors=authors, replies_per=replies_per)
        replies = _fill(maker, contributions, say)
    say(f"{contributions} contributions and {replies} replies written.")
    searching = time.monotonic()
    _index(say)
    finish(_tables())
    freshness.bump()
    ended = time.monotonic()
    return Made(len(authors), contributions, replies, ended - began, ended - searching)


def _members(seed: int, contributions: int) -> list[Author]:
    table = Table(Member)
    count = min(MOST_MEMBERS, max(20, contributions // 15))
    joined = now() - timedelta(days=365 * YEARS)
    rows, authors = author_rows(seed, table.next_id(), count, joined)
    with transaction.atomic():
        table.write(rows)
    return authors


def _fill(maker: Maker, contributions: int, say: Say) -> int:
    tables = {
        "contributions": Table(Contribution),
        "experiences": Table(Experience),
        "notices": Table(Notice),
        "resources": Table(Resource),
        "terms": Table(ContextTerm),
        "replies": Table(Reply),
    }
    first = tables["contributions"].next_id()
    reply = first_reply = tables["replies"].next_id()
    term = tables["terms"].next_id()
    start = now() - timedelta(days=365 * YEARS)
    step = timedelta(days=365 * YEARS - 1) / contributions
    began = time.monotonic()
    for done in range(0, contributions, AT_ONCE):
        batch = Batch()
        for place in range(done, min(done + AT_ONCE, contributions)):
            reply = maker.one(batch, first + place, reply, term, start + step * place)
        term += len(batch.terms)
        with transaction.atomic():
            for name, table in tables.items():
                table.write(getattr(batch, name))
        ready = min(done + AT_ONCE, contributions)
        if done % (AT_ONCE * 10) == 0:
            say(f"{ready} contributions, {ready / (time.monotonic() - began):.0f} a second")
    return reply - first_reply


def _index(say: Say) -> None:
    """Search learns of everything; into an empty index it is several times faster."""
    say("Indexing for search.")
    if SearchEntry.objects.exists():
        missing = Contribution.objects.listed().filter(origin="generated")
        indexed = discovery.index_many(missing.order_by("pk").iterator(chunk_size=1000))
    else:
        indexed = discovery.rebuild(fresh=True)
    say(f"{indexed} entries in the index.")


def _tables() -> list[Table]:
    models = (Member, Contribution, ContextTerm, Reply)
    return [Table(model) for model in models]


def database_size() -> int:
    """Bytes the database takes on disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])
