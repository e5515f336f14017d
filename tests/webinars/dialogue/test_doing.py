"""What somebody sends from the hour, with a script and without: done, or told kindly why not.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.core.time import now
from exchange.webinars.dialogue import actions, pace
from exchange.webinars.models import Asked, Hand, Said, Seat
from tests import cast
from tests.webinars.conftest import seated
from tests.webinars.dialogue.conftest import HOST, WORDS, told

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
NAMED = "My neighbour's son Juma Otieno, 9 years old, of Kibera: what should I do for him?"


@pytest.fixture
def phone(amina, seat, signed_in) -> Client:
    """Amina's, who has a place."""
    return signed_in(Client(), amina)


@pytest.fixture
def guests_phone(guest) -> Client:
    """A guest's, who has opened the link of their place."""
    client = Client()
    session = client.session
    session["webinar_seats"] = {str(guest.webinar_id): guest.key}
    session.save()
    return client


def at(live, *parts: object) -> str:
    return "/".join(["/webinars", str(live.pk), "live", *map(str, parts), ""])


def test_a_plain_form_asks_and_leads_back_with_a_word(live, phone):
    sent = phone.post(at(live, "questions"), {"text": WORDS, "back": "/webinars/"})

    assert (sent.status_code, sent.url) == (302, "/webinars/")
    assert Asked.objects.get().text == WORDS
    assert "A helper reads your question" in phone.get("/webinars/").content.decode()


def test_a_script_asks_and_is_told_in_json(live, phone):
    sent = phone.post(at(live, "questions"), {"text": WORDS, "once_key": "k"}, headers=JSON)

    row = Asked.objects.get()
    assert sent.status_code == 200
    assert sent.json() == {
        "ok": True,
        "words": "Thank you. A helper reads your question; then it stands on the wall.",
        "id": row.pk,
        "state": "waiting",
    }


def test_the_way_back_leads_nowhere_else(live, phone):
    for evil in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        sent = phone.post(at(live, "hand"), {"up": "1", "back": evil})
        assert sent.url.startswith("/webinars/")


def test_an_empty_question_comes_back_as_it_was(live, phone):
    page = phone.post(at(live, "questions"), {"text": " ", "once_key": "the-form"})

    assert page.status_code == 422
    assert 'value="the-form"' in page.content.decode()
    assert "Please write a few words" in page.content.decode()


def test_what_a_gate_noticed_is_shown_with_the_words_and_sent_only_when_insisted(live, phone):
    page = phone.post(at(live, "questions"), {"text": NAMED})
    assert page.status_code == 422
    words = page.content.decode()
    assert "please look at this with us" in words
    assert "Juma Otieno" in words
    assert not Asked.objects.exists()

    sent = phone.post(at(live, "questions"), {"text": NAMED, "insist": "1"})

    assert sent.status_code == 302
    assert Asked.objects.get().needs_host


def test_the_script_gets_what_was_noticed_as_a_piece_for_its_form(live, phone):
    sent = phone.post(at(live, "questions"), {"text": NAMED}, headers=JSON)

    assert sent.status_code == 422
    assert 'name="insist"' in sent.json()["noticed"]


def test_a_visitor_without_a_place_signs_in_and_finds_the_words_again(live, visitor, amina):
    sent = visitor.post(at(live, "questions"), {"text": WORDS})
    assert sent.status_code == 302
    assert sent.url.startswith("/sign-in/")

    cast.signed_in(visitor, amina)
    page = visitor.get(at(live, "questions") + "?unsent=1").content.decode()
    assert WORDS in page
    assert "Asking also keeps a place for you" in page
    visitor.post(at(live, "questions"), {"text": WORDS})

    assert Asked.objects.get().seat == Seat.objects.get(member=amina)


def test_a_script_without_a_place_is_told_where_to_take_one(live, visitor):
    sent = visitor.post(at(live, "questions"), {"text": WORDS}, headers=JSON)

    assert sent.status_code == 403
    assert "take a place" in sent.json()["words"]
    assert not Asked.objects.exists()


def test_a_guest_asks_from_the_place_whose_link_they_opened(live, guests_phone, guest):
    assert guests_phone.post(at(live, "questions"), {"text": WORDS}).status_code == 302

    assert Asked.objects.get().seat == guest


def test_somebody_who_gave_their_place_up_asks_nothing_as_a_guest(live, guests_phone, guest):
    Seat.objects.filter(pk=guest.pk).update(state=Seat.State.GIVEN_UP)

    sent = guests_phone.post(at(live, "questions"), {"text": WORDS}, headers=JSON)

    assert sent.status_code == 409
    assert not Asked.objects.exists()


def test_me_too_and_back_again(live, shown, guests_phone):
    path = at(live, "questions", shown.pk, "voice")

    assert guests_phone.post(path, {"on": "1"}, headers=JSON).json()["votes"] == 1
    assert guests_phone.post(path, {"on": "0"}, headers=JSON).json()["votes"] == 0
    assert guests_phone.post(path, {"on": "1"}).url.endswith(f"#question-{shown.pk}")


def test_a_question_nobody_sees_takes_no_voice_and_is_not_there(live, asked, guests_phone):
    assert guests_phone.post(at(live, "questions", asked.pk, "voice")).status_code == 404
    assert guests_phone.post(at(live, "questions", 999999, "voice")).status_code == 404


def test_the_hand_goes_up_and_down(live, phone):
    assert phone.post(at(live, "hand"), {"up": "1"}, headers=JSON).json()["up"]
    assert Hand.objects.get().down_at is None

    assert not phone.post(at(live, "hand"), {"up": "0"}, headers=JSON).json()["up"]
    assert Hand.objects.get().down_at is not None


def test_a_choice_is_made_and_changed(live, phone, beatriz):
    poll = actions.prepare_poll(
        webinar=live,
        text="When?",
        choices=["Now", "Later"],
        language="en",
        shows_counts=True,
        by=beatriz,
        roles=HOST,
    )
    path = at(live, "polls", poll.pk)
    assert phone.post(path, {"choice": "0"}, headers=JSON).status_code == 409
    actions.open_poll(poll=poll, roles=HOST)

    assert phone.post(path, {"choice": "0"}).status_code == 302
    assert phone.post(path, {"choice": "1"}, headers=JSON).json()["choice"] == 1
    assert phone.post(path, {"choice": "7"}, headers=JSON).status_code == 409
    assert {phone.post(path, {"choice": one}).status_code for one in ("x", "²")} == {404}


def test_a_line_of_the_chat_stands_at_once_for_members_and_waits_for_guests(
    live, phone, guests_phone
):
    assert phone.post(at(live, "chat"), {"text": "Habari zenu!"}, headers=JSON).json()["state"] == (
        "shown"
    )
    sent = guests_phone.post(at(live, "chat"), {"text": "Good morning!"}, headers=JSON)
    assert sent.json()["state"] == "waiting"

    assert [row["text"] for row in told(live, "chat", "all")] == ["Habari zenu!"]


def test_a_closed_chat_keeps_what_was_typed(live, phone):
    actions.set_door(webinar=live, door="chat", is_open=False, roles=HOST)

    page = phone.post(at(live, "chat"), {"text": "Habari zenu!"})

    assert page.status_code == 409
    assert "Habari zenu!" in page.content.decode()
    assert not Said.objects.exists()


def test_ten_thousand_questions_in_a_minute_leave_five_rows_and_cost_little(
    live, seat, phone, asks, django_assert_max_num_queries, time_machine
):
    time_machine.move_to(now().replace(second=1), tick=False)
    answers = [
        phone.post(at(live, "questions"), {"text": f"Number {n}?"}, headers=JSON)
        for n in range(130)
    ]
    with django_assert_max_num_queries(0):
        more = [
            phone.post(at(live, "questions"), {"text": f"More {n}?"}, headers=JSON)
            for n in range(270)
        ]

    codes = [answer.status_code for answer in answers]
    assert codes.count(200) == 5
    assert set(codes[5:]) == {429}
    assert {answer.status_code for answer in more} == {429}
    assert Asked.objects.count() == 5
    assert more[-1].json()["again"] > 0


def test_many_places_on_one_line_ask_no_more_than_a_training_room(live, monkeypatch):
    monkeypatch.setattr(pace, "LINE", pace.Meter(pace.Pace(3, 600)))
    codes = []
    for number in range(5):
        guest = seated(live, email=f"g{number}@example.org")
        client = Client()
        session = client.session
        session["webinar_seats"] = {str(live.pk): guest.key}
        session.save()
        codes.append(client.post(at(live, "questions"), {"text": WORDS}).status_code)

    assert codes == [302, 302, 302, 429, 429]
    assert Asked.objects.count() == 3


def test_a_webinar_that_is_gone_takes_nothing(live, phone, guests_phone, beatriz):
    withdraw(contribution=live, by=beatriz)

    for client in (phone, guests_phone):
        assert client.post(at(live, "questions"), {"text": WORDS}).status_code == 404
