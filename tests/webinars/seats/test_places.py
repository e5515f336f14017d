"""Taking a place, waiting for one, giving it up: how many fit, and whose turn it is.
Run by pytest alone."""

from datetime import timedelta

import pytest

from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.members.naming import NameRefused
from exchange.webinars.errors import Full, NotNow
from exchange.webinars.models import Phase, Seat
from exchange.webinars.seats import actions, guests, queries
from exchange.webinars.seats.rules import InLine, moves_up
from exchange.webinars.seats.wishes import Wish, of_member
from tests import cast
from tests.webinars.conftest import planned, seated

pytestmark = pytest.mark.django_db
State = Seat.State


def test_a_member_comes_with_what_we_know_of_them_and_twice_is_once(webinar, amina):
    seat = actions.register(webinar=webinar, member=amina)
    again = actions.register(webinar=webinar, member=amina)

    assert (seat.state, seat.name, seat.country, seat.people) == ("taken", "Amina", "KE", 1)
    assert again.pk == seat.pk
    assert Event.objects.filter(kind="seat.taken").count() == 1


@pytest.mark.parametrize("phase", [Phase.ANNOUNCED, Phase.OVER, Phase.SUMMED, Phase.CANCELLED])
def test_only_what_is_open_or_live_takes_people(beatriz, amina, phase):
    with pytest.raises(NotNow):
        actions.register(webinar=planned(beatriz, phase=phase), member=amina)

    assert actions.register(webinar=planned(beatriz, phase=Phase.LIVE), member=amina)


def test_a_club_of_twelve_takes_twelve_places(beatriz, amina, chen):
    webinar = planned(beatriz, capacity=13)
    club = Wish(name="Amina", people=12, group="Kisumu mothers")

    seat = actions.register(webinar=webinar, member=amina, wish=club)
    one = actions.register(webinar=webinar, member=chen)
    late = actions.register(webinar=webinar, member=cast.person("Efua"))

    assert (seat.state, seat.shown_name) == ("taken", "Kisumu mothers")
    assert (one.state, late.state) == ("taken", "waiting")
    assert queries.places(webinar).free == 0


def test_more_people_than_all_places_are_told_at_once(beatriz, amina):
    webinar = planned(beatriz, capacity=10)

    with pytest.raises(Full):
        actions.register(webinar=webinar, member=amina, wish=Wish(people=11))

    assert not Seat.objects.exists()
    assert actions.register(webinar=webinar, member=amina, wish=Wish(people=10)).people == 10


def test_a_place_given_up_goes_to_who_waited_longest(beatriz, amina, chen):
    webinar = planned(beatriz, capacity=1, starts_at=now() + timedelta(days=5))
    first = actions.register(webinar=webinar, member=amina)
    second = actions.register(webinar=webinar, member=chen)
    third = actions.register(webinar=webinar, member=cast.person("Efua"))
    assert [queries.place_in_line(seat) for seat in (second, third)] == [1, 2]

    actions.give_up(seat=first)
    actions.give_up(seat=first)

    states = [Seat.objects.get(pk=seat.pk).state for seat in (first, second, third)]
    assert states == ["given-up", "taken", "waiting"]
    assert Event.objects.filter(kind="seat.given_up").count() == 1
    assert Event.objects.get(kind="seat.taken", subject_id=second.pk).detail["moved_up"] is True


def test_who_comes_back_stands_behind_those_who_wait(beatriz, amina, chen):
    webinar = planned(beatriz, capacity=1, starts_at=now() + timedelta(days=5))
    first = actions.register(webinar=webinar, member=amina)
    actions.register(webinar=webinar, member=chen)
    actions.give_up(seat=first)

    back = actions.register(webinar=webinar, member=amina)

    assert (back.pk, back.state) == (first.pk, "waiting")


def test_nobody_passes_a_group_before_the_last_day():
    line = [InLine(1, 5), InLine(2, 1), InLine(3, 1)]

    assert moves_up(line, 2, in_order=True) == []
    assert moves_up(line, 2, in_order=False) == [2, 3]
    assert moves_up(line, 6, in_order=True) == [1, 2]
    assert moves_up(line, None, in_order=True) == [1, 2, 3]


def test_in_the_last_day_a_free_place_does_not_wait_for_a_group(beatriz, amina, chen):
    webinar = planned(beatriz, capacity=6, starts_at=now() + timedelta(days=2))
    actions.register(webinar=webinar, member=amina, wish=Wish(people=4))
    club = actions.register(webinar=webinar, member=chen, wish=Wish(people=5))
    one = actions.register(webinar=webinar, member=cast.person("Efua"))
    assert (club.state, one.state) == ("waiting", "waiting")

    webinar.starts_at = now() + timedelta(hours=20)
    webinar.save(update_fields=["starts_at"])
    assert queries.waited_for(now()) == [webinar.pk]
    moved = actions.move_up(webinar_id=webinar.pk)

    assert moved == 1
    assert [Seat.objects.get(pk=seat.pk).state for seat in (club, one)] == ["waiting", "taken"]


def test_more_places_let_people_in(beatriz, amina, chen):
    webinar = planned(beatriz, capacity=1)
    actions.register(webinar=webinar, member=amina)
    waits = actions.register(webinar=webinar, member=chen)
    webinar.capacity = 2
    webinar.save(update_fields=["capacity"])

    assert actions.move_up(webinar_id=webinar.pk) == 1
    assert Seat.objects.get(pk=waits.pk).state == "taken"


def test_a_club_may_grow_while_there_is_room_and_shrinking_lets_others_in(beatriz, amina, chen):
    webinar = planned(beatriz, capacity=6)
    seat = actions.register(webinar=webinar, member=amina, wish=Wish(people=4))

    seat = actions.change(seat=seat, wish=Wish(people=6, group="Kisumu mothers"))
    waits = actions.register(webinar=webinar, member=chen)
    with pytest.raises(Full):
        actions.change(seat=seat, wish=Wish(people=7))
    assert (waits.state, Seat.objects.get(pk=seat.pk).people) == ("waiting", 6)
    actions.change(seat=seat, wish=Wish(people=2))

    assert Seat.objects.get(pk=waits.pk).state == "taken"


def test_a_name_that_passes_for_a_host_cannot_stand_and_another_can(webinar, amina, beatriz):
    with pytest.raises(NameRefused):
        actions.register(webinar=webinar, member=amina, wish=Wish(name="Beatriz"))
    with pytest.raises(NameRefused):
        actions.register(
            webinar=webinar, member=amina, wish=Wish(people=3, group="call 0712 345 678")
        )

    wish = Wish(name="Mama Zuri", people=3, group="Kisumu mothers")
    assert actions.register(webinar=webinar, member=amina, wish=wish).shown_name == "Kisumu mothers"


def test_whoever_joins_after_asking_as_a_guest_keeps_the_place(webinar, amina):
    guest = seated(webinar, email=amina.email, name="Ami")

    seat = actions.register(webinar=webinar, member=amina)

    assert (seat.pk, seat.member_id, seat.email) == (guest.pk, amina.pk, "")


def test_a_guest_has_no_place_before_their_yes(webinar):
    guests.ask(webinar=webinar, address="Guest@Example.org ", wish=Wish(name="Zuri", language="sw"))
    seat = Seat.objects.get(email="guest@example.org")
    assert (seat.state, queries.places(webinar).people) == ("asked", 0)

    sure = guests.confirm(seat=seat)
    guests.confirm(seat=seat)

    assert (sure.state, sure.language) == ("taken", "sw")
    assert Event.objects.filter(kind="seat.taken").count() == 1


def test_an_address_typed_again_changes_nothing_of_a_place_that_stands(webinar):
    seat = seated(webinar, email="guest@example.org", name="Zuri")

    guests.ask(webinar=webinar, address="guest@example.org", wish=Wish(name="Somebody else"))

    assert Seat.objects.get(pk=seat.pk).name == "Zuri"


def test_a_members_address_typed_by_a_stranger_registers_nobody(webinar, amina):
    guests.ask(webinar=webinar, address=amina.email, wish=Wish(name="Amina"))

    assert not Seat.objects.exists()
    assert Event.objects.get(kind="seat.known").detail == {"member": amina.pk}


def test_a_no_leaves_nothing_of_the_address(webinar):
    guests.ask(webinar=webinar, address="guest@example.org", wish=Wish())
    seat = Seat.objects.get()

    guests.refuse(seat=seat)

    assert not Seat.objects.exists()


def test_a_host_lets_somebody_in_and_takes_a_place_back(beatriz, amina, chen):
    webinar = planned(beatriz, capacity=1)
    first = actions.register(webinar=webinar, member=amina)
    waits = actions.register(webinar=webinar, member=chen)

    assert actions.let_in(seat=waits, by=beatriz).state == "taken"
    actions.give_up(seat=first, by=beatriz)

    assert Seat.objects.get(pk=first.pk).state == "given-up"
    assert Event.objects.get(kind="seat.given_up").detail["by_host"] is True


def test_that_somebody_came_is_noted_once_and_a_club_says_how_many(live, seat):
    actions.came(seat=seat)
    first = seat.came_at
    actions.came(seat=seat, people=9)

    assert (seat.came_at, seat.people_came) == (first, 9)


def test_of_a_withdrawn_webinar_no_place_can_be_taken_or_changed(webinar, amina):
    seat = actions.register(webinar=webinar, member=amina)
    webinar.state = "withdrawn"
    webinar.save(update_fields=["state"])

    with pytest.raises(NotNow):
        actions.change(seat=seat, wish=of_member(amina))
    assert queries.by_key(seat.key) is None
    assert queries.mine(amina) == []
