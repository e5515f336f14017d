"""Who watches a place, what stands there, and what a member watches.
Called by the alerts' actions, by digests and by views of this matter."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import islice

from exchange.alerts.models import Level, Watch
from exchange.alerts.rules import Place, place_of
from exchange.alerts.watching import rules
from exchange.contributions import kinds
from exchange.contributions.models import ContextTerm, Contribution, Notice
from exchange.core.time import now
from exchange.members.models import Member
from exchange.taxonomy import vocabulary
from exchange.taxonomy.regions import regions_of

Kind = Watch.Kind
REGION = "region:"


def place(row: Contribution) -> Place:
    """Where a contribution stands, with the regions of its countries and those it names itself."""
    terms = ContextTerm.objects.filter(contribution_id=row.pk, term__in=region_keys())
    named = {key.removeprefix(REGION) for key in terms.values_list("term_id", flat=True)}
    full = kinds.get(row.kind).full(row) if row.kind == "notice" else row
    return place_of(
        row,
        hubs=named | regions_of(row.country_codes),
        organisation=organisation_of(full) if isinstance(full, Notice) else "",
    )


def organisation_of(notice: Notice) -> str:
    """The page it stands on, or the name as it was written."""
    if notice.by_organisation is not None:
        return notice.by_organisation.slug
    return rules.organisation_slug(notice.organisation)


def region_keys() -> list[str]:
    """The terms that are regions."""
    return [word.key for word in vocabulary.terms("region")]


def watcher_ids(row: Contribution, *, level: Level, after: int, limit: int) -> list[int]:
    """Members with a watch of this level that looks at a contribution, in the order of their
    numbers, each once. Each place is walked along the index; nobody else is touched."""
    streams = [_stream(kind, value, row, level, after, limit) for kind, value in _keys(row)]
    return list(islice(_each_once(heapq.merge(*streams)), limit))


def of_member(member: Member) -> list[Watch]:
    """Everything a member watches, the newest first."""
    return list(Watch.objects.filter(member=member).order_by("-at", "-pk"))


def one_of(member: Member, kind: str, value: str) -> Watch | None:
    """The member's watch at one place."""
    return Watch.objects.filter(member=member, kind=kind, value=value).first()


def _keys(row: Contribution) -> list[tuple[str, str]]:
    here = place(row)
    keys: list[tuple[str, str]] = [
        *((Kind.TOPIC, slug) for slug in sorted(here.topics)),
        *((Kind.COUNTRY, code) for code in sorted(here.countries)),
        *((Kind.HUB, slug) for slug in sorted(here.hubs)),
    ]
    if here.person:
        keys.append((Kind.PERSON, here.person))
    if here.organisation:
        keys.append((Kind.ORGANISATION, here.organisation))
    if row.kind == "question":
        keys.append((Kind.HELP, ""))
    return keys


def _stream(
    kind: str, value: str, row: Contribution, level: Level, after: int, limit: int
) -> Iterable[int]:
    watches = Watch.objects.filter(kind=kind, value=value, level=level, member_id__gt=after)
    # What stood there when they began to follow the place is not new to them.
    watches = watches.filter(at__lte=row.published_at or now())
    if kind == Kind.HELP:
        watches = watches.filter(member__languages__contains=row.language)
    return list(watches.order_by("member_id").values_list("member_id", flat=True)[:limit])


def _each_once(ordered: Iterable[int]) -> Iterator[int]:
    last = None
    for one in ordered:
        if one != last:
            yield one
        last = one
