"""Taking part with nothing but an inbox: through the spool to what becomes of each mail.
Run by pytest alone."""

import pytest

from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.conversation.models import Reply
from exchange.mail import tokens
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.tokens import What
from exchange.webinars.models import Asked, Phase, Seat
from exchange.webinars.seats import actions, guests
from exchange.webinars.seats.wishes import Wish
from tests import bymail
from tests.webinars.conftest import planned, seated
from tests.webinars.seats.conftest import letters_to

pytestmark = pytest.mark.django_db
GUEST = "guest@example.org"


def test_a_member_sees_what_is_coming_comes_asks_and_gives_up(post, webinar, amina):
    mine = post.of(amina)

    assert mine.write("exchange", "webinars").outcome == "webinars-sent"
    assert f"COME {webinar.pk}" in mine.newest().text
    assert mine.write("exchange", f"come {webinar.pk}").outcome == "seat-taken"
    assert "You have a place" in mine.newest().text
    asked = mine.answer("How do you begin when fathers stay away?")
    assert asked.outcome == "question-asked"
    question = Asked.objects.get()
    assert (question.text, question.via, question.state) == (
        "How do you begin when fathers stay away?",
        "mail",
        "waiting",
    )
    assert (asked.made_type, asked.made_id) == ("asked", question.pk)
    assert "The helper of the presenters reads your question" in mine.newest().text
    assert mine.answer("Give up").outcome == "seat-given-up"
    assert Seat.objects.get().state == "given-up"
    assert "You have given up your place." in mine.newest().text


def test_the_list_of_one_webinar_is_answered_with_one_word(post, webinar, amina):
    mine = post.of(amina)
    mine.write("exchange", "webinars")

    assert mine.answer("Come").outcome == "seat-taken"
    assert mine.answer("come", letter=mine.letters()[0]).outcome == "seat-taken"
    assert "You have a place there already." in mine.newest().text
    assert Seat.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "see", "word"),
    [
        ("fr", "Webinaires", "Venir"),
        ("sw", "Webina", "Nakuja"),
        ("ar", "ندوات", "سأحضر"),
        ("es", "Webinarios", "Asistir"),
        ("pt", "Webinários", "Vou"),
    ],
)
def test_the_words_are_known_in_each_language(post, webinar, amina, language, see, word):
    amina.languages = language
    amina.save(update_fields=["languages"])
    mine = post.of(amina)

    assert mine.write("exchange", see).outcome == "webinars-sent"
    assert mine.write("exchange", f"{word} {webinar.pk}").outcome == "seat-taken"
    assert mine.newest().language == language


def test_somebody_without_an_account_does_all_of_it_by_mail(post, webinar, live):
    mine = post(GUEST)

    mine.write("exchange", "webinars")
    assert f"COME {webinar.pk}" in mine.newest().text
    assert mine.write("exchange", f"come {webinar.pk}").outcome == "seat-asked"
    assert Seat.objects.get().state == "asked"
    assert mine.answer("What is this about?").outcome == "seat-no-yes"
    assert Seat.objects.get().state == "asked"
    assert mine.answer("Yes\n\nThank you").outcome == "seat-taken"
    seat = Seat.objects.get()
    assert (seat.state, seat.way, seat.member_id) == ("taken", "mail", None)
    assert mine.answer("How do fathers hear of it?").outcome == "question-asked"
    assert Asked.objects.get().seat_id == seat.pk
    assert mine.answer("stop").outcome == "no-reminders"
    assert Seat.objects.get().no_reminders_at is not None
    assert Seat.objects.get().state == "taken"
    assert mine.answer("give up").outcome == "seat-given-up"
    assert mine.answer("come", letter=mine.letters()[-2]).outcome == "seat-taken"


def test_a_no_forgets_the_address(post, webinar):
    mine = post(GUEST)
    mine.write("exchange", f"come {webinar.pk}")

    assert mine.answer("no").outcome == "seat-refused"

    assert not Seat.objects.exists()


def test_from_another_address_a_guests_token_does_nothing(post, webinar):
    guests.ask(webinar=webinar, address=GUEST, wish=Wish())
    letters_to(GUEST)
    letter = post(GUEST).newest()

    assert post("other@example.net").answer("yes", letter=letter).outcome == "seat-of-another"
    assert Seat.objects.get().state == "asked"
    assert post(GUEST).answer("yes", letter=letter).outcome == "seat-taken"


def test_what_a_domain_disowns_changes_nothing(post, webinar, amina):
    actions.register(webinar=webinar, member=amina)
    letters_to(amina.email)
    mine = post.of(amina)

    forged = mine.answer("give up", headers=bymail.DISOWNED)
    assert forged.outcome == "seat-of-another"
    assert Seat.objects.get().state == "taken"
    assert mine.answer("give up").outcome == "seat-given-up"


def test_a_mail_that_proves_nothing_does_not_register_before_its_owner_says_yes(
    post, webinar, amina
):
    mine = post.of(amina)
    unproven = {"Authentication-Results": f"{bymail.AUTHSERV}; none"}

    assert mine.write("exchange", f"come {webinar.pk}", headers=unproven).outcome == "not-sure-who"
    assert not Seat.objects.exists()
    assert mine.answer("yes").outcome == "seat-taken"


def test_a_token_of_somebody_else_asks_and_stops_nothing(post, webinar, amina, chen):
    actions.register(webinar=webinar, member=amina)
    letters_to(amina.email)
    letter = post.of(amina).newest()

    assert post.of(chen).answer("How do you begin?", letter=letter).outcome == "seat-of-another"
    assert not Asked.objects.exists()


def test_a_gate_shows_the_passage_first_and_send_lets_a_host_read_it(post, webinar, amina):
    actions.register(webinar=webinar, member=amina)
    letters_to(amina.email)
    mine = post.of(amina)

    told = mine.answer("What about the girl Achieng Otieno, 9, of Nyalenda primary school?")
    assert told.outcome == "question-noticed"
    assert "Achieng" in mine.newest().text
    assert not Asked.objects.exists()
    assert mine.answer("send").outcome == "question-asked"
    assert Asked.objects.get().needs_host
    assert "A host reads your question first" in mine.newest().text


def test_after_two_weeks_a_question_is_answered_kindly(post, webinar, amina):
    actions.register(webinar=webinar, member=amina)
    letters_to(amina.email)
    webinar.phase = Phase.CANCELLED
    webinar.save(update_fields=["phase"])

    late = post.of(amina).answer("How do you begin?")

    assert late.outcome == "question-late"
    assert "came too late" in post.of(amina).newest().text


def test_a_closed_wall_and_no_words_are_told(post, webinar, amina):
    actions.register(webinar=webinar, member=amina)
    letters_to(amina.email)
    mine = post.of(amina)
    webinar.wall_open = False
    webinar.save(update_fields=["wall_open"])

    assert mine.answer("How do you begin?", letter=mine.letters()[0]).outcome == "question-closed"
    assert mine.answer("", letter=mine.letters()[0]).outcome == "question-empty"


def test_an_address_to_stop_means_no_more_reminders_whatever_the_mail_says(post, webinar, amina):
    actions.register(webinar=webinar, member=amina)
    (letter,) = letters_to(amina.email)
    mailto = letter.headers["List-Unsubscribe"].partition("<mailto:")[2].partition("?")[0]

    stopped = post.of(amina).write(mailto, "anything", subject="stop")

    assert stopped.outcome == "no-reminders"
    assert Seat.objects.get().no_reminders_at is not None
    assert "Your place stays yours." in post.of(amina).newest().text


def test_a_program_that_answers_our_plain_address_still_reaches_the_presenters(
    post, webinar, amina
):
    actions.register(webinar=webinar, member=amina)
    guests.confirm(seat=seated(webinar, email=GUEST, state="asked"))
    for mine in (post.of(amina), post(GUEST)):
        (letter,) = letters_to(mine.address)
        threaded = {"In-Reply-To": letter.message_id, "References": letter.message_id}

        answered = mine.write(
            "exchange", f"How do you begin, {mine.address[:5]}?", headers=threaded
        )
        assert answered.outcome == "question-asked"

    other = post("other@example.net").write("exchange", "How?", headers=threaded)
    assert other.outcome == "unknown-answered"
    assert Asked.objects.count() == 2


def test_the_word_answered_to_an_announcement_takes_a_place(post, webinar, amina):
    announced = tokens.address(What.ANSWER, person=amina.pk, item=webinar.pk)

    assert post.of(amina).write(announced, "Come\n\nThanks, Amina").outcome == "seat-taken"
    assert Seat.objects.get().member == amina


def test_one_word_in_a_thread_of_others_is_an_answer_there(post, amina, beatriz):
    asked = submit(
        kind="question", content=Content(title="Who goes to Nakuru?"), author=amina, insist=True
    )
    letter = tokens.address(What.ANSWER, person=beatriz.pk, item=asked.pk)

    for word in ("Vou", "webinars"):
        assert post.of(beatriz).write(letter, word).outcome == "answer-published"

    assert list(Reply.objects.order_by("pk").values_list("body", flat=True)) == ["Vou", "webinars"]


def test_a_member_whom_a_stranger_named_takes_the_place_with_one_word(post, webinar, amina):
    guests.ask(webinar=webinar, address=amina.email, wish=Wish(name="Somebody"))
    letters_to(amina.email)

    assert post.of(amina).answer("Come").outcome == "seat-taken"
    assert Seat.objects.get().name == "Amina"


def test_a_question_before_taking_a_place_is_told_how_to_come(post, webinar, amina):
    mine = post.of(amina)
    mine.write("exchange", "webinars")

    assert mine.answer("Is it good for teachers?").outcome == "come-not-understood"
    assert "COME" in mine.newest().text
    assert not Asked.objects.exists()


def test_what_takes_nobody_now_and_a_number_of_nothing(post, beatriz, amina):
    over = planned(beatriz, phase=Phase.OVER)
    mine = post.of(amina)

    assert mine.write("exchange", f"come {over.pk}").outcome == "come-not-now"
    assert mine.write("exchange", "come 987654").outcome == "webinars-sent"
    assert not Seat.objects.exists()


def test_a_withdrawn_webinar_is_gone_from_the_list_and_takes_no_answers(
    post, webinar, amina, beatriz
):
    seated(webinar, amina)
    mine = post.of(amina)
    mine.write("exchange", "webinars")
    assert "fathers" in mine.newest().text
    webinar.state = "withdrawn"
    webinar.save(update_fields=["state"])

    mine.write("exchange", "webinars")
    assert "fathers" not in mine.newest().text
    assert mine.answer("How?", letter=mine.letters()[0]).outcome == "come-not-understood"
    assert not Asked.objects.exists()


def test_the_same_mail_twice_asks_once(post, webinar, amina):
    actions.register(webinar=webinar, member=amina)
    letters_to(amina.email)
    mine = post.of(amina)

    mine.answer("How do you begin?")
    first = IncomingMail.objects.latest("pk")
    mine.answer("How do you begin?", letter=mine.letters()[0])

    assert Asked.objects.count() == 1
    assert first.outcome == "question-asked"
    assert OutgoingMail.objects.filter(to_address=amina.email).count() == 3
