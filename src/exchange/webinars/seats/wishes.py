"""What somebody says of themselves when they register; and what can be wrong with it.
Called by forms, mail handlers and actions of seats."""

from __future__ import annotations

from dataclasses import dataclass, replace

from exchange.core import zones
from exchange.core.languages import INTERFACE
from exchange.core.text import clean_line, clean_name
from exchange.members.models import Member
from exchange.members.naming import NameRefused, Problem, problem_with_line, problem_with_name
from exchange.webinars.models import Seat, Way
from exchange.webinars.seats.rules import MOST_PEOPLE

LONGEST_GROUP = 120


@dataclass(frozen=True)
class Wish:
    """How somebody wishes to be called, to take part, and to be written to."""

    name: str = ""
    language: str = "en"
    zone: str = ""
    country: str = ""
    way: str = Way.TEXT
    people: int = 1
    group: str = ""


def of_member(member: Member, *, way: str = Way.TEXT) -> Wish:
    """What we know of a member is enough: one tap."""
    return Wish(
        name=member.display_name[:60],
        language=member.first_language,
        country=member.country,
        way=way,
    )


def of_seat(seat: Seat) -> Wish:
    return Wish(**{name: getattr(seat, name) for name in Wish.__dataclass_fields__})


def checked(wish: Wish, *, member: Member | None = None) -> Wish:
    """Cleaned, and with nothing in it that cannot be shown. Raises NameRefused."""
    name, group = clean_name(wish.name)[:60], clean_line(wish.group)[:LONGEST_GROUP]
    people = min(max(int(wish.people), 1), MOST_PEOPLE)
    problem = _problem(name, member) or problem_with_line(group, member=member)
    if problem is not None:
        raise NameRefused(problem)
    return replace(
        wish,
        name=name,
        group=group if people > 1 else "",
        people=people,
        way=wish.way if wish.way in Way.values else Way.TEXT,
        language=wish.language if wish.language in INTERFACE else "en",
        zone=wish.zone if wish.zone and zones.is_known(wish.zone) else "",
    )


def _problem(name: str, member: Member | None) -> Problem | None:
    """A member's own name has been looked at already."""
    if member is not None and name == member.display_name[:60]:
        return None
    return problem_with_name(name, member=member)
