"""Floods, and what must not leak: letters to strangers, tries of codes, the link to a room.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.mail.models import OutgoingMail
from exchange.webinars.dialogue import pace
from exchange.webinars.dialogue.actions import asking
from exchange.webinars.models import Asked, LiveEvent, Presenter, Webinar
from exchange.webinars.rooms import engines
from exchange.webinars.seats import actions, guests, telling
from tests.webinars.conftest import seated

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/hour?pwd=zebrafinch"


def _register(client: Client, webinar: Webinar, address: str) -> int:
    told = {"email": address, "way": "text", "people": "1", "adult": "on"}
    return client.post(f"/webinars/{webinar.pk}/register/", told).status_code


@pytest.mark.django_db(transaction=True)
def test_whoever_types_one_address_again_and_again_fills_no_inbox(webinar):
    answers = [_register(Client(), webinar, "stranger@example.org") for _n in range(12)]
    worker.run_until_idle()

    assert answers[:4] == [302] * 4
    assert set(answers[4:]) == {429}
    letters = OutgoingMail.objects.filter(to_address="stranger@example.org")
    assert 1 <= letters.count() <= 4


@pytest.mark.django_db(transaction=True)
def test_nobody_writes_through_us_to_a_hundred_strangers_from_one_line(webinar):
    answers = [_register(Client(), webinar, f"one{n}@example.org") for n in range(60)]
    worker.run_until_idle()

    assert answers.count(302) == 40
    assert OutgoingMail.objects.filter(purpose="seat").count() == 40


def test_the_page_says_the_same_of_a_member_and_of_a_stranger(webinar, amina):
    seen = []
    for address in (amina.email, "nobody@example.org"):
        visitor = Client()
        _register(visitor, webinar, address)
        page = visitor.get(f"/webinars/{webinar.pk}/register/?sent=1").content.decode()
        seen.append(page.partition("<main")[2].partition("</main")[0])

    assert seen[0] == seen[1] != ""


@pytest.mark.django_db(transaction=True)
def test_a_place_taken_and_given_up_again_and_again_writes_few_letters(webinar, guests_phone):
    seat = seated(webinar, email="often@example.org")
    address = f"/webinars/seats/{seat.key}/"
    client = Client()

    answers = [
        client.post(address, {"act": act}).status_code
        for _round in range(15)
        for act in ("give-up", "come")
    ]

    assert answers[:20] == [302] * 20
    assert set(answers[20:]) == {429}
    pace.PLACE.forget()
    for _round in range(20):
        actions.give_up(seat=seat)
        guests.confirm(seat=seat)
    worker.run_until_idle()
    letters = OutgoingMail.objects.filter(to_address="often@example.org")
    assert letters.count() <= telling.MOST_CHANGED


def test_ten_thousand_questions_of_one_person_are_five(live, guest, guests_phone):
    answers = [
        guests_phone.post(
            f"/webinars/{live.pk}/live/questions/", {"text": f"How does one begin, {n}?"}
        ).status_code
        for n in range(200)
    ]

    assert Asked.objects.count() == 5
    assert answers[-1] == 429
    assert set(answers) == {302, 429}


def test_one_person_with_many_places_does_not_bury_what_members_ask(live, monkeypatch):
    monkeypatch.setattr(asking, "MOST_WAITING", 8)
    for n in range(6):
        seat = seated(live, email=f"many{n}@example.org")
        client = Client()
        client.get(f"/webinars/seats/{seat.key}/")
        for m in range(3):
            words = {"text": f"Question {n} and {m}, how does one begin?"}
            client.post(f"/webinars/{live.pk}/live/questions/", words)

    assert Asked.objects.count() == 8


def test_codes_of_papers_are_not_tried_through():
    visitor = Client()
    answers = [visitor.get(f"/webinars/certificates/?code=ABCDE-FGH{n:02}") for n in range(50)]

    assert answers[0].status_code in (404, 422)
    assert answers[-1].status_code == 429


@pytest.mark.django_db(transaction=True)
def test_the_link_to_the_room_stands_nowhere_but_behind_the_click(
    live, amina, guest, guests_phone, beatriz, signed_in
):
    Webinar.objects.filter(pk=live.pk).update(engine="link", engine_link=LINK)
    seat = seated(live, amina)
    speaker = Presenter.objects.create(
        webinar=live, name="Neema", email="neema@example.org", answer="agreed"
    )
    actions.give_up(seat=seat)
    phone = signed_in(Client(), amina)
    phone.post(f"/webinars/seats/{seat.key}/", {"act": "come"})
    worker.run_until_idle()
    hour = Webinar.objects.get(pk=live.pk)
    addresses = [
        hour.get_absolute_url(),
        f"/webinars/{live.pk}/live/",
        f"/webinars/{live.pk}/live/state/?since=0",
        f"/webinars/{live.pk}/live/state/?as=page",
        f"/webinars/{live.pk}/live/ticket/",
        f"/webinars/{live.pk}/register/",
        f"/webinars/{live.pk}/join/",
        f"/webinars/{live.pk}.ics",
        f"/webinars/seats/{guest.key}/",
        f"/webinars/seats/{guest.key}/calendar.ics",
        f"/webinars/presenters/{speaker.key}/",
        f"/webinars/presenters/{speaker.key}/join/",
        f"/webinars/presenters/{speaker.key}/live/",
        "/webinars/",
        "/calendar.ics",
        "/",
    ]

    for address in addresses:
        for client in (Client(), guests_phone, phone):
            assert "zebrafinch" not in client.get(address).content.decode(), address
    mails = OutgoingMail.objects.values_list("text", "html", "calendar", "headers")
    assert mails
    assert "zebrafinch" not in str(list(mails))
    told = (LiveEvent.objects.values_list("payload"), Event.objects.values_list("detail"))
    assert "zebrafinch" not in str([list(rows) for rows in told])
    entered = guests_phone.post(f"/webinars/{live.pk}/join/")
    assert (entered.status_code, entered.url) == (302, LINK)
    assert Client().post(f"/webinars/{live.pk}/join/").status_code == 409


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://a.example.org;script-src *",
        "https://a.example.org;sandbox/",
        "https://a.example.org\\@evil.example.org/",
        "//evil.example.org/",
        "https://user:pass@a.example.org/",
        "http://a.example.org/",
        "https://a.example.org,'self'/",
    ],
)
def test_a_link_that_could_change_our_own_rules_is_none(link):
    assert engines.link_fault(link)
    assert not engines.link_fault("https://us02web.zoom.us/j/123?pwd=abc")


def test_nobody_is_led_away_by_a_form(live, guest, guests_phone):
    for back in (
        "//evil.example.org",
        "https://evil.example.org",
        "/\\evil.example.org",
        "\t//e.org",
    ):
        sent = guests_phone.post(
            f"/webinars/{live.pk}/live/questions/",
            {"text": f"How does one begin? {back}", "back": back},
        )
        assert "evil" not in sent.headers.get("Location", "")
