"""Choosing what is shown, and taking it down: each is a row with who and when, and none is changed.
Called by the desk's pages of the home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction

from exchange.contributions.errors import AlreadyDecided, NotAllowed
from exchange.contributions.judging import hosts_words
from exchange.contributions.models import Contribution
from exchange.core import ids
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.pages.models import Choice
from exchange.pages.steering import kept

Words = Mapping[str, Mapping[str, str]]
# Of these one stands at a time, from now on; of others a later one may wait for its day.
WITHOUT_DAYS = (Choice.Sort.ORDER, Choice.Sort.ELSEWHERE)


@dataclass(frozen=True)
class Chosen:
    """What a host wants shown, as a form gives it."""

    sort: str
    place: str = ""
    contribution: Contribution | None = None
    topic: str = ""
    words: Words = field(default_factory=dict)
    link: str = ""
    is_important: bool = False
    is_everywhere: bool = False
    items: Sequence[str] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def choose(
    *, chosen: Chosen, by: Member, instead_of: int | None = None, once_key: str = ""
) -> Choice:
    """Show it, in the place of the row that was changed if there is one. The same form twice is one.
    Raises NotAllowed, Refused and Noticed of the gates, AlreadyDecided when another host was
    faster with that row."""
    if not by.is_host:
        raise NotAllowed
    key = once_key or ids.new_id()
    twin = Choice.objects.filter(once_key=key).first()
    if twin is not None:
        return twin
    _must_pass(chosen.words, by)
    try:
        with transaction.atomic():
            return _written(chosen, by, instead_of, key)
    except IntegrityError:
        # The same form sent twice at once.
        return Choice.objects.get(once_key=key)


def take_down(*, choice: Choice, by: Member) -> None:
    """It is not shown from now on. Twice is once. Raises NotAllowed."""
    if not by.is_host:
        raise NotAllowed
    with transaction.atomic():
        row = _locked(choice.pk)
        if row is not None and row.gone_at is None:
            _go(row, by)
            _tell(row, by, "home.taken_down")


def _written(chosen: Chosen, by: Member, instead_of: int | None, key: str) -> Choice:
    if instead_of is not None:
        former = _locked(instead_of, sort=chosen.sort, place=chosen.place)
        if former is None or former.gone_at is not None:
            raise AlreadyDecided(former.gone_by_name if former is not None else "")
        _go(former, by)
    if chosen.sort in WITHOUT_DAYS:
        for former in Choice.objects.standing().filter(sort=chosen.sort):
            _go(former, by)
    row = Choice.objects.create(
        sort=chosen.sort,
        place=chosen.place,
        contribution=chosen.contribution,
        topic=chosen.topic,
        words={code: dict(words) for code, words in chosen.words.items()},
        link=chosen.link,
        is_important=chosen.is_important,
        is_everywhere=chosen.is_everywhere,
        items=list(chosen.items),
        starts_at=chosen.starts_at or now(),
        ends_at=chosen.ends_at,
        by=by,
        by_name=by.shown_name,
        once_key=key,
    )
    _tell(row, by, "home.chosen")
    return row


def _go(row: Choice, by: Member) -> None:
    row.gone_at, row.gone_by_name = now(), by.shown_name
    row.save(update_fields=["gone_at", "gone_by_name"])


def _tell(row: Choice, by: Member, kind: str) -> None:
    """Every page is made anew once it is committed; this process at once."""
    record(kind, subject_type="choice", subject_id=row.pk, actor_id=by.pk)
    kept.forget()
    transaction.on_commit(partial(kept.forget))


def _must_pass(words: Words, by: Member) -> None:
    """Every language by itself: each has words of its own that a gate knows."""
    for language, one in words.items():
        text = "\n\n".join(filter(None, [one.get("title", ""), one.get("words", "")]))
        if text:
            hosts_words(text=text, language=language, by=by)


def _locked(pk: int, **alike: str) -> Choice | None:
    rows = Choice.objects.select_for_update(of=("self",), no_key=True)
    found: Choice | None = rows.filter(pk=pk, **alike).first()
    return found
