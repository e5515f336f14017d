"""How many took part, as numbers of which none is about one person: fewer than three are not told
apart. Called by the hosts' pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q, Sum

from exchange.core.languages import named
from exchange.taxonomy import vocabulary
from exchange.webinars import queries
from exchange.webinars.models import Asked, Ballot, Poll, Presence, Said, Seat, Series

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
    """Of one hour, or of all hours of a series together: at most eight questions."""
    seats = _seats(webinar_ids)
    asked = _asked(webinar_ids)
    most = _most(webinar_ids)
    return Figures(
        **seats,
        **asked,
        chat=Said.objects.filter(webinar_id__in=webinar_ids, state=Said.State.SHOWN).count(),
        polls=Poll.objects.filter(webinar_id__in=webinar_ids).count(),
        choices=Ballot.objects.filter(poll__webinar_id__in=webinar_ids).count(),
        reading_most=most[0],
        listening_most=most[1],
        countries=_told(
            (vocabulary.country_name(code) if code else "", n)
            for code, n in _by(webinar_ids, "country")
        ),
        languages=_told((named(code), n) for code, n in _by(webinar_ids, "language")),
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
    found = Asked.objects.filter(webinar_id__in=webinar_ids).aggregate(
        questions=Count("pk"),
        on_the_wall=Count("pk", filter=Q(state__in=Asked.ON_THE_WALL)),
        answered=Count("pk", filter=Q(state=Asked.State.ANSWERED)),
        voices=Sum("votes", filter=Q(state__in=Asked.ON_THE_WALL)),
    )
    voices = found.pop("voices") or 0
    return {name: n or 0 for name, n in found.items()} | {"votes": voices}


def _most(webinar_ids: Sequence[int]) -> tuple[int, int]:
    """In the fullest minute, over all live processes together."""
    minutes = (
        Presence.objects.filter(webinar_id__in=webinar_ids)
        .values("webinar_id", "minute")
        .annotate(reads=Sum("reading"), hears=Sum("listening"))
    )
    found = minutes.aggregate(most_reads=Max("reads"), most_hears=Max("hears"))
    return found["most_reads"] or 0, found["most_hears"] or 0


def _by(webinar_ids: Sequence[int], column: str) -> list[tuple[str, int]]:
    rows = Seat.objects.filter(webinar_id__in=webinar_ids, state=State.TAKEN)
    return list(rows.values_list(column).annotate(n=Count("pk")).order_by("-n", column))


def _told(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Those of three and more by name. What is left stands in one line, unless it would be so few
    that they could be told from the others: then they are not told at all."""
    found = list(rows)
    many = [(name, n) for name, n in found if name and n >= FLOOR]
    left = sum(n for name, n in found if not (name and n >= FLOOR))
    return [*many, ("", left)] if left >= FLOOR else many
