"""Measures writing: eight people who ask and answer while four read, through the real actions.
Called by `bench write`. What it wrote it takes away again."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, connection, connections

from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.conversation import actions as conversation
from exchange.conversation.models import Reply
from exchange.conversation.queries import talk
from exchange.core.time import now
from exchange.ledger.models import Delivery
from exchange.members.models import Member
from exchange.project.benching.pages import database, machine
from exchange.project.generating.make import holds_real_members
from exchange.project.generating.rows import DOMAIN

NAME = "write"
HELP = "asking and answering: eight writers and four readers at once"
WRITERS, READERS = 8, 4
_WORDS = (
    "We sat together under the tree for three afternoons before anybody proposed anything. "
    "The grandmothers spoke first, then the young men, and at the end the girls asked the "
    "question that we are still working on. "
)


@dataclass
class Told:
    """What one writer or reader did."""

    seconds: list[float] = field(default_factory=list)
    locked: int = 0
    contributions: list[int] = field(default_factory=list)
    replies: list[int] = field(default_factory=list)


class RealMembers(Exception):
    """Writing made-up words where real people read is not measured, it is prevented."""


def run(options: Mapping[str, Any]) -> dict[str, Any]:
    """Write for some seconds and count. Raises RealMembers unless told that it may."""
    if holds_real_members() and not options.get("into_existing"):
        raise RealMembers
    seconds = float(options.get("seconds") or 15)
    # A measurement that was killed left its writers behind.
    _take_away(list(Member.objects.filter(email__startswith="writer", email__endswith=DOMAIN)))
    people = _people()
    questions = list(
        Contribution.objects.listed()
        .filter(kind="question", closed_at=None)
        .values_list("pk", flat=True)[:500]
    )
    writers, readers = _all_at_once(people, questions, seconds)
    try:
        return {
            "machine": machine(),
            "database": database(),
            "writers": _summed(writers, seconds),
            "readers": _summed(readers, seconds),
            "acknowledged_writes_lost": _lost(writers),
        }
    finally:
        _take_away(people)


def _people() -> list[Member]:
    return [
        Member.objects.create_user(
            f"writer{place}@{DOMAIN}",
            display_name=f"Writer {place}",
            welcomed_at=now(),
            accepted_at=now(),
        )
        for place in range(WRITERS)
    ]


def _all_at_once(
    people: list[Member], questions: list[int], seconds: float
) -> tuple[list[Told], list[Told]]:
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    connections.close_all()
    start = context.Barrier(WRITERS + READERS)
    jobs = [("write", member) for member in people] + [("read", people[0])] * READERS
    workers = [
        context.Process(target=_work, args=(what, member, questions, seconds, start, told))
        for what, member in jobs
    ]
    for worker in workers:
        worker.start()
    results = [told.get(timeout=seconds + 120) for _worker in workers]
    for worker in workers:
        worker.join()
    return (
        [one for what, one in results if what == "write"],
        [one for what, one in results if what == "read"],
    )


def _work(
    what: str, member: Member, questions: list[int], seconds: float, start: Any, told: Any
) -> None:
    mine = Told()
    start.wait()
    until = time.perf_counter() + seconds
    turn = member.pk
    while time.perf_counter() < until:
        began = time.perf_counter()
        turn += 1
        try:
            if what == "write":
                _write(mine, member, questions, turn)
            else:
                _read(questions, turn)
        except OperationalError:
            mine.locked += 1
            continue
        mine.seconds.append(time.perf_counter() - began)
    told.put((what, mine))


def _write(mine: Told, member: Member, questions: list[int], turn: int) -> None:
    """Every third time a question, else an answer to one of many."""
    if turn % 3 == 0 or not questions:
        asked = spine.submit(
            kind="question",
            content=Content(title=f"What did you try, {turn}?", body=_WORDS * 3),
            author=member,
        )
        mine.contributions.append(asked.pk)
        return
    question = Contribution.objects.get(pk=questions[turn * 7 % len(questions)])
    reply = conversation.answer(contribution=question, author=member, body=_WORDS, language="en")
    mine.replies.append(reply.pk)


def _read(questions: list[int], turn: int) -> None:
    list(Contribution.objects.listed().newest()[:20])
    if questions:
        talk(Contribution.objects.get(pk=questions[turn * 11 % len(questions)]), None)


def _summed(all_told: list[Told], seconds: float) -> dict[str, float | int]:
    times = sorted(second * 1000 for one in all_told for second in one.seconds)
    return {
        "actions_per_s": round(len(times) / seconds, 1),
        "p50_ms": round(statistics.median(times), 1),
        "p99_ms": round(times[int(len(times) * 0.99)], 1),
        "longest_ms": round(times[-1], 1),
        "locked_errors": sum(one.locked for one in all_told),
    }


def _lost(writers: list[Told]) -> int:
    """Writes that were acknowledged and are not there; nought, or something is broken."""
    contributions = [pk for one in writers for pk in one.contributions]
    replies = [pk for one in writers for pk in one.replies]
    there = Contribution.objects.filter(pk__in=contributions).count() if contributions else 0
    there += sum(
        Reply.objects.filter(pk__in=replies[place : place + 500]).count()
        for place in range(0, len(replies), 500)
    )
    return len(contributions) + len(replies) - there


def _take_away(people: list[Member]) -> None:
    """The rows, their counters and what is owed because of them; nobody else's. The ledger keeps
    that it happened: it forgets nothing."""
    answered: dict[int, int] = {}
    rows = Reply.objects.filter(author__in=people)
    for pk in rows.values_list("contribution_id", flat=True):
        answered[pk] = answered.get(pk, 0) + 1
    rows.delete()
    for row in Contribution.objects.filter(pk__in=list(answered)[:5000]):
        row.reply_count = max(0, row.reply_count - answered[row.pk])
        row.first_reply_at = row.first_reply_at if row.reply_count else None
        row.save(update_fields=["reply_count", "first_reply_at"])
    Contribution.objects.filter(author__in=people).delete()
    ids = [member.pk for member in people]
    Delivery.objects.filter(event__actor_id__in=ids).delete()
    Member.objects.filter(pk__in=ids).delete()
    connection.close()
