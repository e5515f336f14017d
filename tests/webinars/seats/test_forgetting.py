"""What is not kept of people without an account.
Run by pytest alone."""

from datetime import timedelta

import pytest

from exchange.core.time import now
from exchange.ledger import registry, worker
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.webinars.models import Asked, Seat
from exchange.webinars.seats import actions, forgetting, guests
from exchange.webinars.seats.wishes import Wish
from tests.webinars.conftest import planned, seated

pytestmark = pytest.mark.django_db
GUEST = "guest@example.org"


def test_after_ninety_days_a_guest_is_a_number(beatriz, amina):
    old = planned(beatriz, starts_at=now() - timedelta(days=91))
    guest = seated(old, email=GUEST, name="Zuri", group="Kivu", people=4, country="CD")
    member = seated(old, amina)
    Asked.objects.create(webinar=old, seat=guest, text="How?", shown_as="Kivu", state="shown")
    fresh = seated(planned(beatriz, starts_at=now() - timedelta(days=89)), email=GUEST)

    assert forgetting.forget_old(at=now()) == 1
    assert forgetting.forget_old(at=now()) == 0

    guest.refresh_from_db()
    assert (guest.email, guest.name, guest.group) == ("", "", "")
    assert (guest.people, guest.country, guest.forgotten_at is not None) == (4, "CD", True)
    assert Asked.objects.get().shown_as == ""
    assert Seat.objects.get(pk=member.pk).name == "Amina"
    assert Seat.objects.get(pk=fresh.pk).email == GUEST


def test_letters_to_a_forgotten_address_keep_it_no_longer_than_its_last_place(beatriz):
    old = planned(beatriz, starts_at=now() - timedelta(days=91))
    seated(old, email=GUEST)
    guests.ask(webinar=planned(beatriz), address=GUEST, wish=Wish())
    worker.run_until_idle()

    forgetting.forget_old(at=now())
    assert OutgoingMail.objects.get().to_address == GUEST
    Seat.objects.exclude(email="").delete()
    seated(old, email=GUEST)
    forgetting.forget_old(at=now())

    assert OutgoingMail.objects.get().to_address == ""


def test_an_address_nobody_confirmed_goes_after_a_week(webinar):
    guests.ask(webinar=webinar, address=GUEST, wish=Wish(name="Zuri"))
    seat = Seat.objects.get()

    assert forgetting.drop_unconfirmed(at=now() + timedelta(days=6)) == 0
    assert forgetting.drop_unconfirmed(at=now() + timedelta(days=8)) == 1
    assert not Seat.objects.filter(pk=seat.pk).exists()


def test_who_leaves_frees_the_place_and_their_link_opens_nothing(client, beatriz, amina, chen):
    webinar = planned(beatriz, capacity=1)
    seat = actions.register(webinar=webinar, member=amina)
    waits = actions.register(webinar=webinar, member=chen)

    dossier.erase(amina)

    seat.refresh_from_db()
    assert (seat.member_id, seat.name, seat.state) == (None, "", "given-up")
    assert Seat.objects.get(pk=waits.pk).state == "taken"
    assert client.get(f"/webinars/seats/{seat.key}/").status_code == 404


def test_a_confirmed_place_stays(webinar, amina):
    actions.register(webinar=webinar, member=amina)

    assert forgetting.drop_unconfirmed(at=now() + timedelta(days=30)) == 0


def test_the_clock_does_it():
    assert {"webinars.remind", "webinars.forget_guests", "webinars.fill_last_places"} <= set(
        registry.clocks
    )
