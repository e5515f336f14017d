"""Several people at the same moment: nobody gets a place that another has.
Run by pytest alone."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from exchange.ledger.models import Event
from exchange.members.models import Member
from exchange.webinars.models import Seat
from exchange.webinars.seats import actions, guests
from exchange.webinars.seats.wishes import Wish
from tests import cast
from tests.webinars.conftest import planned, seated

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[BaseException]:
    """Each in a thread of its own; what went wrong in any of them."""
    wrong: list[BaseException] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        start.wait(10)
        try:
            deed()
        except Exception as error:  # noqa: BLE001 - the test looks at them
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


def people(n: int) -> list[Member]:
    return [cast.person(f"Person{one}") for one in range(n)]


def test_the_last_place_is_taken_once_and_the_others_wait(beatriz):
    webinar = planned(beatriz, capacity=2)
    seated(webinar, email="guest@example.org")
    comers = people(4)

    wrong = at_once(
        *(lambda m=member: actions.register(webinar=webinar, member=m) for member in comers)
    )

    assert wrong == []
    states = sorted(Seat.objects.filter(member__in=comers).values_list("state", flat=True))
    assert states == ["taken", "waiting", "waiting", "waiting"]


def test_two_guests_who_say_yes_at_once_share_no_place(beatriz):
    webinar = planned(beatriz, capacity=1)
    for address in ("one@example.org", "two@example.org"):
        guests.ask(webinar=webinar, address=address, wish=Wish())
    seats = list(Seat.objects.order_by("pk"))

    wrong = at_once(*(lambda s=seat: guests.confirm(seat=s) for seat in seats))

    assert wrong == []
    assert sorted(Seat.objects.values_list("state", flat=True)) == ["taken", "waiting"]


def test_one_who_taps_twice_has_one_place(beatriz):
    webinar, (member,) = planned(beatriz, capacity=5), people(1)

    wrong = at_once(*(lambda: actions.register(webinar=webinar, member=member) for _tap in "two"))

    assert wrong == []
    assert list(Seat.objects.values_list("state", flat=True)) == ["taken"]
    assert Event.objects.filter(kind="seat.taken").count() == 1


def test_a_free_place_and_two_who_want_it_are_settled_without_one_too_many(beatriz):
    webinar = planned(beatriz, capacity=1)
    first, second, third = people(3)
    held = actions.register(webinar=webinar, member=first)
    actions.register(webinar=webinar, member=second)

    wrong = at_once(
        lambda: actions.give_up(seat=held),
        lambda: actions.register(webinar=webinar, member=third),
        lambda: actions.give_up(seat=held),
    )

    assert wrong == []
    assert Seat.objects.filter(state="taken").count() == 1
    assert Event.objects.filter(kind="seat.given_up").count() == 1
