"""Searches people keep: kept, changed, paused, stopped; and looked at again for what is new.
Called by views of this room and by its clock job; what is found is told by alerts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import override

from exchange.contributions.errors import TooMany
from exchange.contributions.models import Contribution
from exchange.conversation.models import SavedMatch, SavedSearch
from exchange.core import languages, time
from exchange.discovery import forms, layout, legs, queries
from exchange.discovery.engine import engine
from exchange.discovery.facets import FACETS
from exchange.ledger.actions import record
from exchange.members.models import Member

MOST_KEPT = 20
LOOKED_AT_ONCE = 300
# Newest entries that hold all words, looked through for what came since.
NEWEST = 300
# Words asked of each entry; of a long text the rarest.
_WORDS = 3
# What was published a moment before the last look may have reached the index after it.
_OVERLAP = timedelta(days=1)
_EVERY = {SavedSearch.Cadence.DAILY: timedelta(days=1), SavedSearch.Cadence.WEEKLY: timedelta(7)}
_SLACK = timedelta(minutes=30)
_REMEMBERED = timedelta(days=90)


def keep(
    *,
    member: Member,
    asked: forms.Asked,
    name: str,
    cadence: str,
    most: int,
    level: str = SavedSearch.Level.DIGEST,
) -> SavedSearch:
    """Keep a search; the same words and filters twice are one. Raises TooMany at twenty."""
    filters = {facet: list(values) for facet, values in asked.filters.items()}
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        mine = SavedSearch.objects.of(member)
        for one in mine:
            if one.words == asked.typed and one.filters == filters:
                return change(search=one, name=name, cadence=cadence, most=most, level=level)
        if mine.count() >= MOST_KEPT:
            raise TooMany
        moment = time.now()
        search: SavedSearch = SavedSearch.objects.create(
            member=member,
            name=name or named(asked.typed, filters),
            words=asked.typed,
            filters=filters,
            language=languages.current(),
            level=SavedSearch.Level(level),
            cadence=cadence,
            most=most,
            created_at=moment,
            looked_at=moment,
            next_at=_next(_rhythm(level, cadence), moment),
        )
        _entry(search)
    return search


def change(
    *, search: SavedSearch, name: str, cadence: str, most: int, level: str = ""
) -> SavedSearch:
    """Another name, level, rhythm or length; a search that was stopped goes on."""
    search.name = name or named(search.words, search.filters)
    search.level = SavedSearch.Level(level or search.level)
    search.cadence, search.most = cadence, most
    search.next_at = _next(_rhythm(search.level, cadence), search.looked_at)
    search.stopped_at = search.paused_until = None
    with transaction.atomic():
        search.save()
        _entry(search)
    return search


def pause(*, search: SavedSearch, days: int = 30) -> None:
    """Nothing is sent for a while; what comes meanwhile comes in one mail after it."""
    until = time.now() + timedelta(days=days)
    SavedSearch.objects.filter(pk=search.pk).update(paused_until=until)


def stop(*, search: SavedSearch) -> None:
    """Nothing is sent until its owner says so again."""
    SavedSearch.objects.filter(pk=search.pk, stopped_at=None).update(stopped_at=time.now())


def go_on(*, search: SavedSearch) -> None:
    """After a pause or a stop."""
    SavedSearch.objects.filter(pk=search.pk).update(stopped_at=None, paused_until=None)


def forget(*, search: SavedSearch) -> None:
    """Throw it away, with what was found for it."""
    search.delete()


def kept_by(member: Member, pk: int) -> SavedSearch | None:
    """One of this member's searches."""
    found: SavedSearch | None = SavedSearch.objects.of(member).filter(pk=pk).first()
    return found


def by_token(token: str) -> SavedSearch | None:
    """The search a mail was about."""
    found: SavedSearch | None = SavedSearch.objects.filter(token=token[:40]).first()
    return found


def address_of(search: SavedSearch) -> str:
    """The query of its search page."""
    return layout.address(search.words, known(search.filters))


def known(filters: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The facets and values of a kept search that still exist."""
    return {
        facet: tuple(value for value in values if forms.is_known(facet, value))
        for facet, values in filters.items()
        if facet in FACETS
    }


def named(typed: str, filters: Mapping[str, Sequence[str]]) -> str:
    """A name for a search without one: its words and filters."""
    labels = [layout.label_of(facet, one) for facet, values in filters.items() for one in values]
    return " · ".join(filter(None, [typed, *labels]))[:120]


def look_due(*, moment: datetime) -> int:
    """Look at the searches that are due, a transaction each. Gives how many found something."""
    due = SavedSearch.objects.due(moment).filter(member__is_active=True, member__is_demo=False)
    ids = list(due.values_list("pk", flat=True)[:LOOKED_AT_ONCE])
    found = sum(look(search_id=pk, moment=moment) > 0 for pk in ids)
    SavedMatch.objects.filter(at__lt=moment - _REMEMBERED).delete()
    return found


def look(*, search_id: int, moment: datetime) -> int:
    """Find what is new for one search; what is found, that it was looked at and what alerts owe
    because of it are written together or not at all. Gives how much is new."""
    due = SavedSearch.objects.due(moment).select_related("member")
    search: SavedSearch | None = due.filter(pk=search_id).first()
    if search is None:
        return 0
    ids = new_for(search)
    with transaction.atomic():
        row = SavedSearch.objects.select_for_update().filter(pk=search_id).first()
        if row is None or row.looked_at != search.looked_at:
            return 0
        told = SavedMatch.objects.filter(search=row, contribution_id__in=ids)
        before = set(told.values_list("contribution_id", flat=True))
        fresh = [pk for pk in ids if pk not in before]
        row.looked_at, row.next_at = moment, _next(_rhythm(row.level, row.cadence), moment)
        row.save(update_fields=["looked_at", "next_at"])
        if fresh:
            event = record("search.matched", subject_type="search", subject_id=row.pk, public=False)
            SavedMatch.objects.bulk_create(
                SavedMatch(search=row, contribution_id=pk, event_id=event.pk, at=moment)
                for pk in fresh
            )
    return len(fresh)


def new_for(search: SavedSearch) -> list[int]:
    """What its member may read, that holds all its words and came since it was last looked at."""
    filters = known(search.filters)
    if len([one for one in filters.values() if one]) < len(search.filters):
        # A word of the vocabulary is gone: without it the search would tell of everything.
        return []
    with override(search.language):
        plan, _mended = queries.understood(search.words, search.language, filters)
    if plan.unknown or (search.words and not plan.asked):
        return []
    leg = legs.all_words(plan, filters, NEWEST, most=_WORDS)
    ids = [one.id for one in engine().candidates([leg], NEWEST)]
    since = max(search.created_at, search.looked_at - _OVERLAP)
    rows = Contribution.objects.visible_to(search.member).listed().exclude(author=search.member)
    new = rows.filter(pk__in=ids, published_at__gt=since).order_by("-published_at", "-pk")
    return list(new.values_list("pk", flat=True))


def _entry(search: SavedSearch) -> None:
    record(
        "search.kept",
        subject_type="search",
        subject_id=search.pk,
        actor_id=search.member_id,
        detail={"level": search.level},
        public=False,
    )


def _rhythm(level: str, cadence: str) -> str:
    """A digest comes once a day at most: what it may hold is looked for every day."""
    return SavedSearch.Cadence.DAILY if level == SavedSearch.Level.DIGEST else cadence


def _next(cadence: str, moment: datetime) -> datetime:
    return moment + _EVERY[SavedSearch.Cadence(cadence)] - _SLACK
