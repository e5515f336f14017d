"""Links and keys in the wrong hands: nobody speaks from another's place, nor comes back by an old link.
Run by pytest alone."""

from datetime import timedelta

import pytest
from django.test import Client

from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars import queries
from exchange.webinars.dossier import Attended
from exchange.webinars.live import tickets
from exchange.webinars.models import Asked, Presenter, Seat, TeamMember
from exchange.webinars.planning import team
from exchange.webinars.rules import NOBODY
from exchange.webinars.wire import ticket
from tests.webinars.conftest import seated

pytestmark = pytest.mark.django_db
KEY = ticket.key_from("secret")


def _claim(**given) -> ticket.Claim:
    told = {
        "webinar": 7,
        "seat": 3,
        "roles": frozenset(),
        "kind": ticket.EVENTS,
        "broadcast": "",
        "expires": 2_000_000_000,
        "nonce": "abc",
    }
    return ticket.Claim(**{**told, **given})


def test_a_link_somebody_sent_does_not_make_a_member_speak_from_anothers_place(
    live, guest, amina, signed_in
):
    phone = signed_in(Client(), amina)
    phone.get(f"/webinars/seats/{guest.key}/")

    sent = phone.post(f"/webinars/{live.pk}/live/questions/", {"text": "How do fathers begin?"})

    assert sent.status_code == 302
    row = Asked.objects.get()
    assert (row.member, row.seat.member) == (amina, amina)
    assert row.seat_id != guest.pk


def test_nor_does_it_show_them_what_that_place_asked(live, guest, guests_phone, amina, signed_in):
    guests_phone.post(f"/webinars/{live.pk}/live/questions/", {"text": "What of the elders then?"})
    phone = signed_in(Client(), amina)
    phone.get(f"/webinars/seats/{guest.key}/")

    page = phone.get(f"/webinars/{live.pk}/live/").content.decode()

    assert "What of the elders then?" not in page
    own = guests_phone.get(f"/webinars/{live.pk}/live/").content.decode()
    assert "What of the elders then?" in own


def test_opening_a_link_confirms_nothing_and_gives_nothing_up(live, presenter):
    """Programs that look through mail open every link in it."""
    asked = seated(live, email="new@example.org", state=Seat.State.ASKED, confirmed_at=None)
    taken = seated(live, email="old@example.org")
    Presenter.objects.filter(pk=presenter.pk).update(answer="asked")
    scanner = Client()
    for seat in (asked, taken):
        for tail in ("", "opinion/", "tried/", "certificate/", "calendar.ics"):
            scanner.get(f"/webinars/seats/{seat.key}/{tail}?act=come&what=tried&name=A")
    scanner.get(f"/webinars/presenters/{presenter.key}/?answer=yes")
    scanner.get(f"/webinars/presenters/{presenter.key}/join/?agrees=on")
    scanner.get(f"/webinars/{live.pk}/join/?agrees=on")

    states = {row.email: row.state for row in Seat.objects.filter(webinar=live)}
    assert states == {"new@example.org": "asked", "old@example.org": "taken"}
    assert Presenter.objects.get().answer == "asked"


def test_whoever_was_taken_off_does_not_come_back_by_their_link(live, presenter, beatriz):
    former = presenter.key
    team.take_off(presenter=presenter, by=beatriz)
    back = Client()

    answers = [
        back.post(f"/webinars/presenters/{former}/", {"answer": "yes"}).status_code,
        back.get(f"/webinars/presenters/{former}/live/").status_code,
        back.post(f"/webinars/presenters/{former}/join/").status_code,
    ]

    assert answers == [404, 404, 404]
    assert Presenter.objects.get().answer == "left"


def test_whoever_left_by_themselves_may_change_their_mind(live, presenter):
    own = Client()
    own.post(f"/webinars/presenters/{presenter.key}/", {"answer": "no"})
    assert own.get(f"/webinars/presenters/{presenter.key}/live/").status_code == 404

    own.post(f"/webinars/presenters/{presenter.key}/", {"answer": "yes"})

    assert Presenter.objects.get().answer == "agreed"


@pytest.mark.parametrize(
    "changed",
    [
        lambda said: said.replace("7.", "8.", 1),
        lambda said: said.replace(".3.", ".4.", 1),
        lambda said: said.replace(".e.", ".s.", 1),
        lambda said: said.replace("..e", ".h.e", 1),
        lambda said: said[:-1],
        lambda said: said[:-16] + "A" * 16,
        lambda said: "",
        lambda said: "." * 150,
        lambda said: said + "\u00e9",
        lambda said: said.rpartition(".")[0] + ".",
        lambda said: "x" * 100_000,
    ],
)
def test_a_ticket_that_was_changed_opens_nothing(changed):
    good = ticket.make(_claim(), KEY)
    assert ticket.read(good, KEY, now=0).seat == 3

    with pytest.raises(ticket.Refused):
        ticket.read(changed(good), KEY, now=0)


def test_a_ticket_of_who_has_no_task_names_no_audience_of_the_team(live, guest):
    made = tickets.for_events(live.pk, seat=guest)

    assert made.split(".")[2] == ""


def test_a_ticket_for_sound_is_given_to_nobody_without_a_place(live, guests_phone):
    address = f"/webinars/{live.pk}/live/ticket/?for=sound"

    assert Client().get(address).status_code == 404


def test_who_is_paused_has_no_task_until_the_pause_ends(live, amina, signed_in):
    TeamMember.objects.create(webinar=live, member=amina, task="helper")
    speaker = Presenter.objects.create(webinar=live, member=amina, name="Amina", answer="agreed")
    phone = signed_in(Client(), amina)
    pages = [
        f"/webinars/{live.pk}/live/helper/",
        f"/webinars/{live.pk}/live/presenter/",
        f"/webinars/presenters/{speaker.key}/live/",
    ]
    assert [phone.get(page).status_code for page in pages] == [200, 200, 200]

    Member.objects.filter(pk=amina.pk).update(paused_until=now() + timedelta(days=1))

    assert [phone.get(page).status_code for page in pages] == [404, 404, 404]
    assert queries.roles_of(live, Member.objects.get(pk=amina.pk)) == NOBODY
    assert phone.get(f"/webinars/{live.pk}/live/").status_code == 200


def test_whose_account_is_closed_presents_nothing_by_their_link(live, amina):
    speaker = Presenter.objects.create(webinar=live, member=amina, name="Amina", answer="agreed")
    Member.objects.filter(pk=amina.pk).update(is_active=False)
    own = Client()

    assert own.get(f"/webinars/presenters/{speaker.key}/live/").status_code == 404
    assert own.post(f"/webinars/presenters/{speaker.key}/join/").status_code == 404
    assert own.get(f"/webinars/presenters/{speaker.key}/").status_code == 404


def test_who_was_erased_leaves_no_link_that_opens_anything(live, amina):
    speaker = Presenter.objects.create(webinar=live, member=amina, name="Amina", answer="agreed")

    Attended().erase(amina)

    own = Client()
    assert own.post(f"/webinars/presenters/{speaker.key}/", {"answer": "yes"}).status_code == 404
    assert Presenter.objects.get(pk=speaker.pk).answer == "left"
