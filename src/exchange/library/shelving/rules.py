"""Who may keep a collection and change a shelf, and how records move on it. Pure.
Called by the actions beside it and by views that show or hide a button."""

from exchange.contributions.rules import may_contribute
from exchange.library.models import Shelf, Standing
from exchange.members.models import Member

# The first hub (communiqué of the founding meeting); any region may become one.
FIRST_HUBS = ("east-africa",)
MOST_SHELVES = 30
MOST_ON_A_SHELF = 200


def may_keep(member: Member | None) -> bool:
    """Hosts, and members whom a host has welcomed and who are not paused."""
    if member is None or not may_contribute(member):
        return False
    return member.is_host or not member.is_newcomer


def may_edit(member: Member | None, shelf: Shelf) -> bool:
    """A collection by its maker and hosts, the shelf of a hub by hosts; a closed one by nobody."""
    if member is None or not may_keep(member):
        return False
    if shelf.standing not in (Standing.PUBLISHED, Standing.WAITING, Standing.DECLINED):
        return False
    return member.is_host or (not shelf.hub and shelf.by_id == member.pk)


def may_decide(member: Member, shelf: Shelf) -> bool:
    """Hosts decide about what waits, but never about a collection of their own."""
    return member.is_host and shelf.by_id != member.pk


def moved(order: list[int], shown: set[int], one: int, *, up: bool) -> list[int]:
    """The order with one step taken past the nearest that readers see; the same at the end."""
    step = -1 if up else 1
    at = order.index(one)
    beyond = at + step
    while 0 <= beyond < len(order) and order[beyond] not in shown:
        beyond += step
    if not 0 <= beyond < len(order):
        return order
    rest = [pk for pk in order if pk != one]
    rest.insert(beyond, one)
    return rest
