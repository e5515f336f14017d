"""What people are written about their place; each once, in their language, with their calendar.
Run by pytest alone."""

import pytest
from icalendar import Calendar

from exchange.contributions.actions import withdraw
from exchange.ledger import worker
from exchange.mail import tokens
from exchange.mail.models import OutgoingMail
from exchange.webinars.models import Seat
from exchange.webinars.seats import actions, guests
from exchange.webinars.seats.wishes import Wish
from tests.webinars.conftest import planned, seated
from tests.webinars.seats.conftest import letters_to

pytestmark = pytest.mark.django_db
GUEST = "guest@example.org"


def test_a_place_comes_with_an_invitation_and_the_way_to_ask(webinar, amina):
    seat = actions.register(webinar=webinar, member=amina)

    (letter,) = letters_to(amina.email)

    assert letter.subject == "Your place in the webinar"
    assert "You have a place in this webinar:" in letter.text
    assert "Talking with fathers" in letter.text
    assert f"/webinars/seats/{seat.key}/" in letter.text
    assert "Nairobi" in letter.text
    assert Calendar.from_ical(letter.calendar)["METHOD"] == "REQUEST"
    token = tokens.read(letter.headers["Reply-To"].partition("+")[2].partition("@")[0])
    assert (token.what.name, token.person, token.item) == ("SEAT_ASK", amina.pk, seat.pk)
    assert Seat.objects.get(pk=seat.pk).told_sequence == webinar.sequence


def test_a_guest_is_asked_first_and_told_how_long_we_keep_the_address(webinar):
    guests.ask(webinar=webinar, address=GUEST, wish=Wish(language="fr", way="mail"))
    (asked,) = letters_to(GUEST)
    guests.confirm(seat=Seat.objects.get())
    (_first, place) = letters_to(GUEST)

    assert (asked.language, asked.calendar) == ("fr", "")
    assert "OUI" in asked.text
    assert place.person is None
    assert place.calendar
    assert GUEST not in place.text


def test_who_waits_is_told_where_they_stand_and_when_it_is_their_turn(beatriz, amina, chen):
    webinar = planned(beatriz, capacity=1)
    first = actions.register(webinar=webinar, member=amina)
    actions.register(webinar=webinar, member=chen)
    (waits,) = letters_to(chen.email)
    actions.give_up(seat=first)
    (_waits, place) = letters_to(chen.email)

    assert "number 1 on the waiting list" in waits.text
    assert waits.calendar == ""
    assert "A place has become free, and it is yours:" in place.text
    assert Calendar.from_ical(place.calendar)["METHOD"] == "REQUEST"


def test_giving_up_takes_the_hour_out_of_the_calendar(webinar, amina):
    seat = actions.register(webinar=webinar, member=amina)
    letters_to(amina.email)

    actions.give_up(seat=seat)
    (_place, left) = letters_to(amina.email)

    assert "You have given up your place." in left.text
    assert Calendar.from_ical(left.calendar)["METHOD"] == "CANCEL"
    assert Seat.objects.get(pk=seat.pk).told_cancelled


def test_a_place_taken_back_by_a_host_is_told_kindly(webinar, amina, beatriz):
    seat = actions.register(webinar=webinar, member=amina)
    letters_to(amina.email)

    actions.give_up(seat=seat, by=beatriz)

    assert "A host has taken your place back." in letters_to(amina.email)[-1].text


def test_a_member_whose_address_a_stranger_typed_hears_of_it_once_a_day(webinar, amina):
    guests.ask(webinar=webinar, address=amina.email, wish=Wish())
    guests.ask(webinar=webinar, address=amina.email, wish=Wish())

    (letter,) = letters_to(amina.email)

    assert "You are a member: you do not need to be a guest." in letter.text
    assert f"/webinars/{webinar.pk}/register/" in letter.text
    assert not Seat.objects.exists()


def test_an_address_that_has_a_place_gets_the_way_to_it(webinar):
    seat = seated(webinar, email=GUEST)

    guests.ask(webinar=webinar, address=GUEST, wish=Wish())

    (letter,) = letters_to(GUEST)
    assert "You have a place in this webinar already:" in letter.text
    assert seat.key in letter.text


def test_letters_in_anothers_name_come_to_an_end(webinar):
    for _again in range(12):
        guests.ask(webinar=webinar, address=GUEST, wish=Wish())
        letters_to(GUEST)

    assert len(letters_to(GUEST)) == 10


def test_subjects_tell_nothing_to_who_wishes_it_so(webinar, amina):
    amina.neutral_subjects = True
    amina.save(update_fields=["neutral_subjects"])

    actions.register(webinar=webinar, member=amina)

    assert letters_to(amina.email)[0].subject == "A message for you"


def test_a_club_is_told_for_how_many_the_place_is(webinar, amina):
    actions.register(webinar=webinar, member=amina, wish=Wish(people=12, group="Kisumu mothers"))

    text = letters_to(amina.email)[0].text

    assert "The place is for 12 people together: Kisumu mothers." in text


def test_letters_leave_with_their_webinar(
    webinar, amina, beatriz, django_capture_on_commit_callbacks
):
    actions.register(webinar=webinar, member=amina)
    assert "fathers" in letters_to(amina.email)[0].text

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(contribution=webinar, by=beatriz)
    worker.run_until_idle()

    kept = OutgoingMail.objects.filter(to_address=amina.email, purpose="seat")
    assert {(mail.text, mail.calendar) for mail in kept} == {("", "")}


def test_a_letter_that_has_not_gone_when_the_place_is_gone_is_not_written(webinar, amina):
    seat = actions.register(webinar=webinar, member=amina)
    actions.give_up(seat=seat)

    texts = [letter.text for letter in letters_to(amina.email)]

    assert len(texts) == 1
    assert "given up" in texts[0]
