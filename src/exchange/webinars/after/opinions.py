"""What the hour was worth to people, without a name beside it: one answer a place, read by hosts.
Called by the page of a place and the hosts' page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from exchange.core.time import now
from exchange.webinars import queries
from exchange.webinars.dialogue import screening
from exchange.webinars.errors import AlreadyDone, NotNow
from exchange.webinars.models import Opinion, Seat, Webinar

USEFUL = (
    (4, _("It changes something in my work")),
    (3, _("I take something with me")),
    (2, _("I knew most of it")),
    (1, _("It did not help me")),
)
LINES = (
    ("good", _("Well")),
    ("gaps", _("With gaps")),
    ("bad", _("Hardly")),
    ("mail", _("I took part by e-mail")),
)
OPEN_FOR = timedelta(days=60)
# With fewer, hosts would know who said what.
ENOUGH = 3


@dataclass(frozen=True)
class Tally:
    """What hosts read: (words, how many), and what was written once there is enough of it."""

    count: int
    useful: list[tuple[str, int]]
    lines: list[tuple[str, int]]
    words: list[str]


def give(
    *,
    seat: Seat,
    useful: int | None,
    line_was: str = "",
    words: str = "",
    insist: bool = False,
) -> None:
    """One a place, not to be changed: nothing says whose it was. Raises NotNow, AlreadyDone,
    Refused, and Noticed when the writer should look first."""
    webinar = queries.public(seat.webinar_id)
    if webinar is None or not is_open(webinar, seat):
        raise NotNow
    if has_given(seat):
        raise AlreadyDone
    if words:
        language = seat.language
        screening.of_seat(text=words, language=language, seat=seat, via="web", insist=insist)
    try:
        with transaction.atomic():
            Opinion.objects.create(
                webinar=webinar,
                mark=_mark(seat),
                useful=useful,
                line_was=line_was,
                words=words,
                # The day alone: the minute would say who it was.
                at=now().date(),
            )
    except IntegrityError:
        raise AlreadyDone from None


def has_given(seat: Seat) -> bool:
    return Opinion.objects.filter(webinar_id=seat.webinar_id, mark=_mark(seat)).exists()


def is_open(webinar: Webinar, seat: Seat) -> bool:
    """Once the hour is over, for two months, for who had a place."""
    is_late = now() > webinar.ends_at + OPEN_FOR
    return webinar.is_over and not is_late and seat.state == Seat.State.TAKEN


def tally(webinar: Webinar) -> Tally:
    rows = list(Opinion.objects.filter(webinar=webinar))
    useful = Counter(row.useful for row in rows)
    lines = Counter(row.line_was for row in rows)
    is_enough = len(rows) >= ENOUGH
    return Tally(
        count=len(rows),
        useful=[(str(words), useful[number]) for number, words in USEFUL] if is_enough else [],
        lines=[(str(words), lines[code]) for code, words in LINES] if is_enough else [],
        # In the order of the alphabet: that of their coming would tell.
        words=sorted(row.words for row in rows if row.words) if is_enough else [],
    )


def _mark(seat: Seat) -> str:
    """That this place has answered; nobody can go back from it without our key."""
    told = f"{seat.webinar_id}:{seat.pk}"
    return salted_hmac("exchange.webinars.opinion", told, algorithm="sha256").hexdigest()
