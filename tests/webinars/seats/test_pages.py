"""The pages of places: one tap, a mail first, one's own page, and the hosts' desk.
Run by pytest alone."""

import gzip
from typing import Any

import pytest
from django.test import Client

from exchange.ledger.models import Event
from exchange.mail import tokens
from exchange.mail.tokens import What
from exchange.webinars.models import Phase, Reminder, Seat
from exchange.webinars.rules import NOBODY
from exchange.webinars.seats import actions, reminding
from exchange.webinars.seats.beside import beside
from exchange.webinars.seats.wishes import Wish
from tests import cast
from tests.webinars.conftest import planned, seated
from tests.webinars.seats.conftest import letters_to

pytestmark = pytest.mark.django_db
GUEST = {"email": "Guest@Example.org", "way": "text", "people": "1", "adult": "on"}
LARGEST = 14_000


def weight(response: Any) -> int:
    return len(gzip.compress(response.content, 6))


def register_page(webinar) -> str:
    return f"/webinars/{webinar.pk}/register/"


def own_page(seat) -> str:
    return f"/webinars/seats/{seat.key}/"


def shown(response: Any) -> str:
    return str(response.content.decode())


def test_a_member_takes_a_place_with_one_tap(client, webinar, amina):
    cast.signed_in(client, amina)

    response = client.post(register_page(webinar))

    seat = Seat.objects.get(member=amina)
    assert (response.status_code, response["Location"]) == (302, own_page(seat))
    assert "You have a place" in shown(client.get(own_page(seat)))
    assert client.get(register_page(webinar))["Location"] == own_page(seat)


def test_a_club_is_registered_with_its_name_and_size(client, webinar, amina):
    cast.signed_in(client, amina)
    club = {"way": "text", "name": "Amina", "people": "12", "group": "Kisumu mothers"}

    wrong = client.post(register_page(webinar), {**club, "people": "99"})
    right = client.post(register_page(webinar), club)

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert 'value="Kisumu mothers"' in shown(wrong)
    assert Seat.objects.get().people == 12
    assert "The place is for 12 people together." in shown(client.get(right["Location"]))


def test_a_guest_is_asked_by_mail_and_the_page_says_the_same_of_every_address(
    visitor, webinar, amina
):
    seated(webinar, email="has@example.org")
    pages = []
    for address in ("new@example.org", "has@example.org", amina.email, "beatriz@example.org"):
        sent = visitor.post(register_page(webinar), {**GUEST, "email": address}, follow=True)
        pages.append((sent.redirect_chain, sent.status_code, shown(sent)))

    assert all(page == pages[0] for page in pages)
    assert "Look at your mail" in pages[0][2]
    assert Seat.objects.filter(state="taken").count() == 1
    assert not Seat.objects.filter(email__in=[amina.email, "beatriz@example.org"]).exists()


def test_the_link_shows_and_only_a_tap_takes_the_place(visitor, webinar):
    visitor.post(register_page(webinar), GUEST)
    (letter,) = letters_to("guest@example.org")
    seat = Seat.objects.get()
    assert own_page(seat) in letter.text

    looked = visitor.get(own_page(seat))
    assert (Seat.objects.get().state, looked.status_code) == ("asked", 200)
    assert "Do you want to come?" in shown(looked)
    taken = visitor.post(own_page(seat), {"act": "come"}, follow=True)

    assert Seat.objects.get().state == "taken"
    assert "You have a place" in shown(taken)
    assert taken.headers["Cache-Control"].startswith("private, no-store")
    assert "noindex" in taken.headers["X-Robots-Tag"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"adult": ""}, "The Exchange is for adults."),
        ({"email": "nobody"}, "Please write the whole address"),
        ({"people": "0"}, "people"),
        ({"people": "1"}, "A listening club is at least two."),
        ({"name": "call 0712 345 678"}, "Please leave out phone numbers"),
        ({"way": "video"}, "way"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(visitor, webinar, wrong, words):
    typed = {**GUEST, "people": "3", "group": "Kisumu mothers", **wrong}

    response = visitor.post(register_page(webinar), typed)

    assert response.status_code == 422
    assert words in shown(response)
    assert "Kisumu mothers" in shown(response)
    assert not Seat.objects.exists()


def test_addresses_are_not_registered_en_masse(visitor, webinar):
    codes = [visitor.post(register_page(webinar), GUEST).status_code for _again in range(5)]
    other = visitor.post(register_page(webinar), {**GUEST, "email": "other@example.org"})

    assert codes == [302, 302, 302, 302, 429]
    assert other.status_code == 302
    assert Event.objects.filter(kind="seat.asked").count() == 5


def test_what_takes_nobody_says_so(visitor, beatriz):
    for phase, words in (
        (Phase.ANNOUNCED, "Registration is not open yet."),
        (Phase.OVER, "This webinar is over."),
        (Phase.CANCELLED, "called off"),
    ):
        webinar = planned(beatriz, phase=phase)
        assert words in shown(visitor.get(register_page(webinar)))
        assert visitor.post(register_page(webinar), GUEST).status_code == 409
    assert not Seat.objects.exists()


def test_a_members_page_opens_for_them_alone_and_a_guests_for_who_has_the_link(
    client, visitor, webinar, amina, chen
):
    mine = seated(webinar, amina)
    guests = seated(webinar, email="guest@example.org")

    assert cast.signed_in(client, amina).get(own_page(mine)).status_code == 200
    assert "/sign-in/" in visitor.get(own_page(mine))["Location"]
    assert cast.signed_in(Client(), chen).get(own_page(mine)).status_code == 404
    assert visitor.get(own_page(guests)).status_code == 200
    assert visitor.session["webinar_seats"] == {str(webinar.pk): guests.key}
    assert visitor.get("/webinars/seats/nothing-like-it/").status_code == 404


def test_of_a_withdrawn_webinar_the_page_is_gone(visitor, webinar):
    seat = seated(webinar, email="guest@example.org")
    assert visitor.get(own_page(seat)).status_code == 200
    webinar.state = "withdrawn"
    webinar.save(update_fields=["state"])

    assert visitor.get(own_page(seat)).status_code == 404
    assert visitor.post(own_page(seat), {"act": "give-up"}).status_code == 404


def test_ways_language_and_clock_are_changed_on_ones_own_page(visitor, webinar):
    seat = seated(webinar, email="guest@example.org", country="CD")
    change = {"act": "change", "way": "mail", "language": "fr", "people": "3", "group": "Kivu"}

    wrong = visitor.post(own_page(seat), {**change, "zone": "Mars/Olympus"})
    right = visitor.post(own_page(seat), {**change, "zone": "Africa/Lubumbashi"}, follow=True)

    seat.refresh_from_db()
    assert (wrong.status_code, right.status_code) == (422, 200)
    assert (seat.way, seat.language, seat.zone) == ("mail", "fr", "Africa/Lubumbashi")
    assert (seat.people, seat.group, seat.country) == (3, "Kivu", "CD")
    assert "Lubumbashi" in shown(right)


def test_giving_up_and_coming_back(visitor, webinar):
    seat = seated(webinar, email="guest@example.org")

    visitor.post(own_page(seat), {"act": "give-up"})
    assert Seat.objects.get().state == "given-up"
    visitor.post(own_page(seat), {"act": "come"})

    assert Seat.objects.get().state == "taken"


def test_more_people_than_places_are_refused_kindly(visitor, beatriz):
    webinar = planned(beatriz, capacity=4)
    seat = seated(webinar, email="guest@example.org")
    club = {"act": "change", "way": "text", "language": "en", "zone": "UTC", "people": "5"}

    response = visitor.post(own_page(seat), club)

    assert response.status_code == 409
    assert "Please come with fewer people." in shown(response)
    assert Seat.objects.get().people == 1


def test_one_click_in_the_header_stops_reminders_and_looking_does_not(visitor, webinar, amina):
    seat = actions.register(webinar=webinar, member=amina)
    (letter,) = letters_to(amina.email)
    page = letter.headers["List-Unsubscribe"].partition("<")[2].partition(">")[0]
    path = "/webinars/" + page.partition("/webinars/")[2]
    strict = Client(enforce_csrf_checks=True)

    assert strict.get(path).status_code == 200
    assert Seat.objects.get(pk=seat.pk).no_reminders_at is None
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200

    seat.refresh_from_db()
    assert (seat.state, seat.no_reminders_at is not None) == ("taken", True)
    assert visitor.post("/webinars/seats/stop/abc/").status_code == 404
    elses = tokens.make(What.SEAT_ASK, person=amina.pk, item=seat.pk)
    assert visitor.post(f"/webinars/seats/stop/{elses}/").status_code == 404


def test_of_a_webinar_that_was_called_off_the_page_says_so(visitor, beatriz):
    seat = seated(planned(beatriz, phase=Phase.CANCELLED), email="guest@example.org")

    page = shown(visitor.get(own_page(seat)))

    assert "This webinar has been called off." in page
    assert "Give up my place" not in page


def test_that_they_were_there_is_said_by_themselves(visitor, beatriz):
    ahead, over = planned(beatriz), planned(beatriz, phase=Phase.OVER)
    early = seated(ahead, email="guest@example.org")
    seat = seated(over, email="guest@example.org")

    visitor.post(own_page(early), {"act": "came"})
    visitor.post(own_page(seat), {"act": "came"})

    assert Seat.objects.get(pk=early.pk).came_at is None
    assert Seat.objects.get(pk=seat.pk).came_at is not None


def test_members_find_their_places_under_you(client, webinar, amina, beatriz):
    cast.signed_in(client, amina)
    assert "Your webinars" not in shown(client.get("/me/"))

    seat = actions.register(webinar=webinar, member=amina)

    assert own_page(seat) in shown(client.get("/me/"))


def test_beside_the_webinar_stands_how_full_it_is(
    beatriz, amina, webinar, django_assert_num_queries
):
    small = planned(beatriz, capacity=3)
    seat = seated(small, email="guest@example.org", people=2)

    with django_assert_num_queries(1):
        told = beside(small, reader=None, seat=None, roles=NOBODY)
    with django_assert_num_queries(0):
        free = beside(webinar, reader=amina, seat=seat, roles=NOBODY)

    assert (told["seat_places"].free, told["seat_wanted"], told["own_seat"]) == (1, True, None)
    assert (free["seat_places"], free["seat_wanted"], free["own_seat"]) == (None, False, seat)


def test_hosts_see_names_and_numbers_and_no_address(client, beatriz, amina):
    webinar = planned(beatriz, capacity=3)
    actions.register(webinar=webinar, member=amina, wish=Wish(name="Amina", people=3, group="Kivu"))
    waits = seated(webinar, email="guest@example.org", name="Zuri", state="waiting")
    desk = f"/desk/webinars/{webinar.pk}/seats/"

    assert cast.signed_in(Client(), amina).get(desk).status_code == 404
    page = shown(cast.signed_in(client, beatriz).get(desk))
    assert "Kivu" in page
    assert "Zuri" in page
    assert "@example.org" not in page
    client.post(desk, {"seat": waits.pk, "act": "let-in"})
    assert Seat.objects.get(pk=waits.pk).state == "taken"
    client.post(desk, {"seat": waits.pk, "act": "remove"})
    assert Seat.objects.get(pk=waits.pk).state == "given-up"
    other = seated(planned(beatriz), email="other@example.org")
    assert client.post(desk, {"seat": other.pk, "act": "remove"}).status_code == 404
    assert client.post(desk, {"seat": "x", "act": "remove"}).status_code == 404


def test_all_are_counted_and_some_are_shown_at_a_time(client, beatriz):
    webinar = planned(beatriz)
    for n in range(65):
        seated(webinar, email=f"guest{n}@example.org", name=f"Guest {n:02}", people=2, way="mail")
    desk = f"/desk/webinars/{webinar.pk}/seats/"
    cast.signed_in(client, beatriz)

    first, second = shown(client.get(desk)), shown(client.get(f"{desk}?page=2"))

    assert "130 " in first
    assert (first.count("<bdi>Guest"), second.count("<bdi>Guest")) == (60, 5)
    assert client.get(f"{desk}?page=x").status_code == 200


def test_hosts_choose_the_reminders(client, beatriz, amina, webinar):
    reminding.set_defaults(webinar_id=webinar.pk)
    desk = f"/desk/webinars/{webinar.pk}/reminders/"
    two = {"number": "2", "unit": "hours", "when": "before"}

    assert cast.signed_in(Client(), amina).get(desk).status_code == 404
    cast.signed_in(client, beatriz)
    assert client.get(desk).status_code == 200
    assert client.post(desk, two).status_code == 302
    assert client.post(desk, {**two, "number": "900", "unit": "days"}).status_code == 422
    assert client.post(desk, {"away": "1440"}).status_code == 302

    kept = set(Reminder.objects.values_list("minutes_before", flat=True))
    assert kept == {10080, 120, 60, -30}


def test_pages_are_light_and_ask_little(
    client, visitor, beatriz, amina, django_assert_max_num_queries
):
    webinar = planned(beatriz, capacity=900, has_sound=True, engine="bbb")
    seat = seated(webinar, email="guest@example.org")
    mine = actions.register(webinar=webinar, member=amina)
    for n in range(130):
        seated(webinar, email=f"guest{n}@example.org", name=f"Guest {n}")
    cast.signed_in(client, beatriz)
    member = cast.signed_in(Client(), amina)

    for who, path in (
        (visitor, register_page(webinar)),
        (visitor, own_page(seat)),
        (member, own_page(mine)),
        (member, "/me/"),
        (client, f"/desk/webinars/{webinar.pk}/seats/"),
        (client, f"/desk/webinars/{webinar.pk}/reminders/"),
    ):
        who.get(path)
        with django_assert_max_num_queries(8):
            response = who.get(path)
        assert response.status_code == 200
        assert weight(response) <= LARGEST, (path, weight(response))
