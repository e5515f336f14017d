"""What is done when words that nobody reported point to one child: a letter to the hosts, say.
Rooms ask and hand over; safeguarding registers the one answer from its hooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from exchange.core.gates import Reason
from exchange.core.reportable import Words


@dataclass(frozen=True)
class Worry:
    """Words of a place that `core.reportable` knows, sealed there already by who hands them over.
    `from_whom` is a name or an address to ask back, `via` the way they came, `key` says which
    they are: the same key is one case."""

    words: Words
    key: str
    from_whom: str = ""
    address: str = ""
    via: str = "web"


Points = Callable[[Reason], bool]
Take = Callable[[Worry], None]
_answers: list[tuple[Points, Take]] = []


def register(*, points: Points, take: Take) -> None:
    """`points` says of a gate's reason whether it is about one child; `take` opens the case."""
    _answers[:] = [(points, take)]


def pointing(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons that are about one child. Where nobody can tell, all of them are."""
    return tuple(one for one in reasons if all(points(one) for points, _take in _answers))


def take(worry: Worry) -> None:
    """Hand it to those who look after safeguarding, in the caller's transaction."""
    for _points, take_it in _answers:
        take_it(worry)
