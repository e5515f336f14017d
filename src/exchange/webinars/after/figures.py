"""How many took part, as numbers of which none is about one person: fewer than three are not told
apart. Called by the hosts' pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, Max, Q, QuerySet, Subquery, Sum

from exchange.core.languages import named
from exchange.taxonomy import vocabulary
from exchange.webinars import queries
from exchange.webinars.models import Asked, Ballot, Poll, Presence, Said, Seat, Series, Webinar

FLOOR = 3
State = Seat.State


@dataclass(frozen=True)
class Figures:
    """Seats and the people behind them; what was said; how many were connected at most.
    `countries` and `languages` end with a line without a name: all that are too few."""

    seats: int
    people: int
    clubs: int
    people_in_clubs: int
    waiting: int
    given_up: int
    came: int
    people_came: int
    questions: int
    on_the_wall: int
    answered: int
    votes: int
    chat: int
    polls: int
    choices: int
    reading_most: int
    listening_most: int
    countries: list[tuple[str, int]]
    languages: list[tuple[str, int]]


def of(webinar_ids: Sequence[int]) -> Figures:
    """Of one hour, or of all hours of a series together: four questions."""
    most = _most(webinar_ids)
    countries, languages = _by_place(webinar_ids)
    return Figures(
        **_seats(webinar_ids),
        **_asked(webinar_ids),
        reading_most=most[0],
        listening_most=most[1],
        countries=_told(
            (vocabulary.country_name(code) if code else "", n) for code, n in countries
        ),
        languages=_told((named(code), n) for code, n in languages),
    )


def of_series(series: Series) -> list[int]:
    """The hours of a series that anybody may see."""
    rows = queries.visible(None).filter(series=series)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _seats(webinar_ids: Sequence[int]) -> dict[str, int]:
    taken, club = Q(state=State.TAKEN), Q(state=State.TAKEN, people__gt=1)
    came = Q(came_at__isnull=False)
    rows = Seat.objects.filter(webinar_id__in=webinar_ids)
    found = rows.aggregate(
        seats=Count("pk", filter=taken),
        all_people=Sum("people", filter=taken),
        clubs=Count("pk", filter=club),
        people_in_clubs=Sum("people", filter=club),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        given_up=Count("pk", filter=Q(state=State.GIVEN_UP)),
        came=Count("pk", filter=came),
        told_came=Sum("people_came", filter=came),
        # Who came and said no number of their own came with as many as they had registered.
        untold_came=Sum("people", filter=came & Q(people_came=None)),
    )
    told, untold = found.pop("told_came") or 0, found.pop("untold_came") or 0
    people = {"people": found.pop("all_people") or 0, "people_came": told + untold}
    return {name: n or 0 for name, n in found.items()} | people


def _asked(webinar_ids: Sequence[int]) -> dict[str, int]:
    """Questions, chat and polls; each table is counted by itself within one question."""
    asked = Asked.objects.filter(webinar_id__in=webinar_ids)
    wall = asked.filter(state__in=Asked.ON_THE_WALL)
    said = Said.objects.filter(webinar_id__in=webinar_ids, state=Said.State.SHOWN)
    counted = {
        "questions": _told_of(asked),
        "on_the_wall": _told_of(wall),
        "answered": _told_of(asked.filter(state=Asked.State.ANSWERED)),
        "votes": _told_of(wall, "SUM", "votes"),
        "chat": _told_of(said),
        "polls": _told_of(Poll.objects.filter(webinar_id__in=webinar_ids)),
        "choices": _told_of(Ballot.objects.filter(poll__webinar_id__in=webinar_ids)),
    }
    asked_for = {f"n_{name}": one for name, one in counted.items()}
    rows: Any = Webinar.objects.order_by("pk")
    found: dict[str, Any] = rows.values(**asked_for).first() or {}
    return {name: found.get(f"n_{name}") or 0 for name in counted}


def _told_of(rows: QuerySet[Any], function: str = "COUNT", column: str = "pk") -> Subquery:
    """One number of a table, to be asked for together with others."""
    return Subquery(rows.order_by().annotate(n=Func(F(column), function=function)).values("n"))


def _most(webinar_ids: Sequence[int]) -> tuple[int, int]:
    """In the fullest minute, over all live processes together."""
    minutes = (
        Presence.objects.filter(webinar_id__in=webinar_ids)
        .values("webinar_id", "minute")
        .annotate(reads=Sum("reading"), hears=Sum("listening"))
    )
    found = minutes.aggregate(most_reads=Max("reads"), most_hears=Max("hears"))
    return found["most_reads"] or 0, found["most_hears"] or 0


def _by_place(webinar_ids: Sequence[int]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Places taken by country and by language, the most first."""
    countries: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    rows = Seat.objects.filter(webinar_id__in=webinar_ids, state=State.TAKEN).order_by()
    for country, language, n in rows.values_list("country", "language").annotate(n=Count("pk")):
        countries[country] += n
        languages[language] += n
    return _most_first(countries), _most_first(languages)


def _most_first(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def _told(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Those of three and more by name. What is left stands in one line, unless it would be so few
    that they could be told from the others: then they are not told at all."""
    found = list(rows)
    many = [(name, n) for name, n in found if name and n >= FLOOR]
    left = sum(n for name, n in found if not (name and n >= FLOOR))
    return [*many, ("", left)] if left >= FLOOR else many
