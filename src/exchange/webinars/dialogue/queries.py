"""Reads of the dialogue: the wall, what waits, what is one's own, polls, hands and figures.
Called with a webinar that its reader may see: by the pages of the hour and by what stays of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from exchange.webinars.models import Asked, Ballot, Hand, Poll, Said, Seat, Webinar

State = Asked.State
ON_ONE_PAGE = 60
LINES_SHOWN = 40


def wall(webinar: Webinar) -> list[Asked]:
    """What everybody may read: being answered first, then by voices, what is answered last."""
    return in_place(_asked(webinar).filter(top_of_wall(webinar.pk, ON_ONE_PAGE)))


def top_of_wall(webinar_id: int, most: int) -> Q:
    """So many by voices, and what is being answered, which may have none."""
    rows = Asked.objects.filter(webinar_id=webinar_id, sealed_at=None)
    top = rows.shown().order_by("-votes", "at", "pk").values("pk")[:most]
    return Q(pk__in=top) | Q(pk__in=rows.filter(state=State.ANSWERING).values("pk"))


def in_place(rows: Iterable[Asked]) -> list[Asked]:
    """The order of the wall."""
    place = {State.ANSWERING: 0, State.SHOWN: 1, State.ANSWERED: 2}
    return sorted(rows, key=lambda row: (place[State(row.state)], -row.votes, row.at, row.pk))


def unanswered(webinar: Webinar) -> list[Asked]:
    """On the wall when the hour ended, and nobody answered: by voices."""
    left = (State.SHOWN, State.ANSWERING)
    return list(_asked(webinar).filter(state__in=left).order_by("-votes", "at", "pk"))


def mine(webinar: Webinar, seat: Seat | None) -> list[Asked]:
    """One's own questions and what became of each, the newest first."""
    if seat is None:
        return []
    return list(_asked(webinar).filter(seat=seat).order_by("-at", "-pk")[:10])


def on_wall(webinar: Webinar, pk: int) -> Asked | None:
    """One question that everybody may read, or that is joined with one."""
    states = (*Asked.ON_THE_WALL, State.JOINED)
    row: Asked | None = _asked(webinar).filter(pk=pk, state__in=states).first()
    return row


def of_team(webinar: Webinar, pk: int) -> Asked | None:
    """One question, whatever its state, for whoever helps."""
    row: Asked | None = _asked(webinar).filter(pk=pk).first()
    return row


def how_many_wait(webinar: Webinar) -> dict[str, int]:
    """Questions for the helpers, and how many of them a host alone may show."""
    rows = _asked(webinar).filter(state=State.WAITING)
    counted: dict[str, int] = rows.aggregate(
        count=Count("pk"), for_hosts=Count("pk", filter=Q(needs_host=True))
    )
    return counted


def chat(webinar: Webinar) -> list[Said]:
    """The last lines everybody may read, the oldest of them first."""
    rows = _said(webinar).filter(state=Said.State.SHOWN).order_by("-pk")[:LINES_SHOWN]
    return list(rows)[::-1]


def said(webinar: Webinar, pk: int) -> Said | None:
    return _said(webinar).filter(pk=pk).first()


def hands_up(webinar: Webinar) -> list[Hand]:
    """Who wishes to speak, the first first."""
    rows = Hand.objects.filter(webinar_id=webinar.pk, down_at=None)
    return list(rows.select_related("seat").order_by("at", "pk")[:ON_ONE_PAGE])


@dataclass(frozen=True)
class ShownPoll:
    """A poll with what was chosen: counts of people by choice, and one's own choice."""

    poll: Poll
    counts: list[int]
    mine: int | None = None

    @property
    def shows_counts(self) -> bool:
        return self.poll.shows_counts or self.poll.state == Poll.State.CLOSED

    @property
    def choices(self) -> list[dict[str, Any]]:
        """Each choice with its number, its people and whether it is one's own."""
        pairs = zip(self.poll.choices, self.counts, strict=True)
        return [
            {"number": number, "text": text, "people": people, "is_mine": number == self.mine}
            for number, (text, people) in enumerate(pairs)
        ]


def polls(webinar: Webinar, seat: Seat | None = None, *, ready: bool = False) -> list[ShownPoll]:
    """Those that are open or closed, the newest first; with `ready` those of the team as well. In
    two questions to the database, three with a seat."""
    rows = Poll.objects.filter(webinar_id=webinar.pk).order_by("-pk")
    found = list(rows if ready else rows.exclude(state=Poll.State.READY))
    people = _people({row.pk for row in found})
    own = _choices_of(seat, found)
    return [ShownPoll(row, _in_order(row, people), own.get(row.pk)) for row in found]


def counts_of(poll: Poll) -> list[int]:
    """People by choice: a group counts with all its people."""
    return _in_order(poll, _people({poll.pk}))


def figures(webinar_id: int) -> dict[str, Any]:
    """What is told together every few seconds, as JSON keeps it. In five questions."""
    votes = Asked.objects.filter(webinar_id=webinar_id).shown().values_list("pk", "votes")
    told = Poll.objects.filter(webinar_id=webinar_id, state=Poll.State.OPEN, shows_counts=True)
    open_now = list(told.order_by("pk"))
    people = _people({row.pk for row in open_now}) if open_now else Counter()
    hands = Hand.objects.filter(webinar_id=webinar_id, down_at=None).count()
    return {
        "votes": {str(pk): count for pk, count in votes.order_by("pk")},
        "polls": {str(row.pk): _in_order(row, people) for row in open_now},
        "hands": hands,
        **here(webinar_id),
    }


def here(webinar_id: int) -> dict[str, int]:
    """How many places have shown themselves, and how many people they are."""
    came = Seat.objects.filter(webinar_id=webinar_id, came_at__isnull=False).taken()
    found = came.aggregate(seats=Count("pk"), people=Sum(Coalesce("people_came", "people")))
    return {"seats": found["seats"], "people": found["people"] or 0}


def _asked(webinar: Webinar) -> Any:
    return Asked.objects.filter(webinar_id=webinar.pk, sealed_at=None)


def _said(webinar: Webinar) -> QuerySet[Said]:
    return Said.objects.filter(webinar_id=webinar.pk, sealed_at=None)


def _people(polls_asked: set[int]) -> Counter[tuple[int, int]]:
    rows = Ballot.objects.filter(poll_id__in=polls_asked).order_by()
    counted = rows.values_list("poll_id", "choice").annotate(n=Sum("people"))
    return Counter({(poll, choice): n for poll, choice, n in counted})


def _in_order(poll: Poll, people: Counter[tuple[int, int]]) -> list[int]:
    return [people[poll.pk, number] for number in range(len(poll.choices))]


def _choices_of(seat: Seat | None, found: list[Poll]) -> dict[int, int]:
    if seat is None or not found:
        return {}
    rows = Ballot.objects.filter(seat=seat, poll__in=found)
    return dict(rows.values_list("poll_id", "choice"))
