"""Which rule decides what a member hears of one thing, and why. Pure: rows in, an answer out.
Called by alerts, digests and the page that shows people what they follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exchange.alerts.models import Level, Watch
from exchange.contributions.models import Contribution
from exchange.conversation.models import Follow

_STRENGTH = {Level.OFF: 0, Level.DIGEST: 1, Level.EACH: 2}


@dataclass(frozen=True)
class Place:
    """Where a contribution stands, as watches see it. `hubs` are slugs of regions, `organisation`
    a slug, `suits` whether this member could help with it."""

    topics: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    hubs: frozenset[str] = frozenset()
    person: str = ""
    organisation: str = ""

    def is_at(self, watch: Watch, *, suits: bool) -> bool:
        """Whether a watch looks at this place."""
        return {
            Watch.Kind.TOPIC: watch.value in self.topics,
            Watch.Kind.COUNTRY: watch.value.upper() in self.countries,
            Watch.Kind.HUB: watch.value in self.hubs,
            Watch.Kind.PERSON: bool(self.person) and watch.value == self.person,
            Watch.Kind.ORGANISATION: bool(self.organisation) and watch.value == self.organisation,
            Watch.Kind.HELP: suits,
        }[Watch.Kind(watch.kind)]


@dataclass(frozen=True)
class Effective:
    """How much is told, and because of what: a follow, a watch, or nothing."""

    level: Level
    follow: Follow | None = None
    watch: Watch | None = None

    @property
    def is_told(self) -> bool:
        return self.level != Level.OFF


NOTHING = Effective(Level.OFF)


def of_answers(follow: Follow | None) -> Effective:
    """Answers are told to who follows the contribution, by that follow alone."""
    return Effective(Level(follow.level), follow=follow) if follow else NOTHING


def of_new(
    place: Place, *, follow: Follow | None, watches: Sequence[Watch], suits: bool = False
) -> Effective:
    """A new contribution: what was said about this very one counts before all else, also "nothing";
    then the strongest of the watches that look at it, the narrower first."""
    if follow is not None and follow.level == Level.OFF:
        return Effective(Level.OFF, follow=follow)
    looking = [watch for watch in watches if place.is_at(watch, suits=suits)]
    best = max(looking, key=_rank, default=None)
    if best is None or best.level == Level.OFF:
        return Effective(Level.OFF, watch=best)
    return Effective(Level(best.level), watch=best)


def place_of(row: Contribution, *, hubs: Iterable[str] = (), organisation: str = "") -> Place:
    """Where a contribution stands."""
    return Place(
        topics=frozenset(row.topic_slugs),
        countries=frozenset(code.upper() for code in row.country_codes),
        hubs=frozenset(hubs),
        person=str(row.author_id or ""),
        organisation=organisation,
    )


_NARROW = [
    Watch.Kind.PERSON,
    Watch.Kind.ORGANISATION,
    Watch.Kind.HELP,
    Watch.Kind.COUNTRY,
    Watch.Kind.TOPIC,
    Watch.Kind.HUB,
]


def _rank(watch: Watch) -> tuple[int, int]:
    return _STRENGTH[Level(watch.level)], -_NARROW.index(Watch.Kind(watch.kind))
