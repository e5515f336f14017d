"""The morning queue: what a host finds, in what order, and that others find nothing.
Run by pytest alone."""

from datetime import timedelta

import pytest
from django.test import Client

from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, Picture, Revision, State
from exchange.conversation import actions as talk
from exchange.core.time import now
from exchange.desk import claims
from exchange.desk.models import Appeal
from exchange.desk.queries.morning import morning
from exchange.ledger.models import Delivery, Event
from tests import cast

pytestmark = pytest.mark.django_db
BAR = 12


def page(client: Client, path: str = "/desk/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def dead_letter(**fields):
    event = Event.objects.create(
        kind="reply.published", at=now(), subject_type="reply", subject_id=7, detail={}
    )
    fields = {"state": Delivery.State.DEAD, "finished_at": now(), "attempts": 8} | fields
    return Delivery.objects.create(
        event=event, consumer="alerts.tell_followers", last_error="smtp-timeout", **fields
    )


def test_an_empty_desk_says_so_and_thanks(desk):
    assert "Nothing waits. Thank you." in page(desk)


def test_a_waiting_question_stands_there_whole_with_its_context_and_its_reason(desk, waiting):
    shown = page(desk)

    assert waiting.title in shown
    assert "Our committee stopped meeting when the grant ended." in shown
    assert "Uganda" in shown
    assert "a host reads the first words of every newcomer" in shown
    assert "One waits; it came" in shown


def test_an_experience_is_shown_with_all_its_parts(desk, chen):
    parts = {"faced": "Nobody came.", "did": "We cooked together.", "changed": "They stayed."}
    spine.submit(
        kind="experience", content=Content(title="Soup before talk", parts=parts), author=chen
    )

    shown = page(desk)

    assert [words in shown for words in parts.values()] == [True, True, True]
    assert "What we faced" in shown


def test_the_authors_history_stands_beside_their_words(desk, beatriz, chen, waiting):
    spine.hold(contribution=waiting, by=beatriz, version=1, note="Please leave out the name.")
    spine.submit(kind="idea", content=Content(title="A second try"), author=chen)

    item = morning(beatriz).contributions.items[0]

    assert item.title == "A second try"
    assert (item.before.published, item.before.kept_back) == (0, 1)
    assert [one.title for one in item.before.newest] == [waiting.title]
    assert "kept back once" in page(desk)


def test_a_waiting_answer_stands_with_the_question_it_answers(desk, waiting_reply, question):
    shown = page(desk)

    assert "The youngest of us opens it." in shown
    assert question.title in shown


def test_a_waiting_change_shows_the_old_and_the_new_words_marked(desk, question, amina):
    Revision.objects.create(
        contribution=question,
        number=2,
        title=question.title,
        body="We draw lots.",
        by=amina,
        state=State.WAITING,
    )

    shown = page(desk)

    assert "We <del>take turns.</del>" in shown
    assert "We <ins>draw lots.</ins>" in shown


def test_unanswered_questions_stand_oldest_first_and_the_late_ones_are_alive(
    desk, beatriz, question
):
    younger, older = question, Contribution.objects.get(pk=question.pk)
    older.pk, older.id, older.once_key = None, None, "another"
    older.title, older.published_at = "Four days alone", now() - timedelta(days=4)
    older._state.adding = True
    older.save()

    found = [
        (one.question.title, one.is_due, one.is_late) for one in morning(beatriz).questions.items
    ]

    assert found == [("Four days alone", True, True), (younger.title, False, False)]
    assert "more than three days:" in page(desk)


def test_a_dead_letter_shows_whose_it_is_and_its_code(desk):
    dead_letter()

    shown = page(desk)

    assert "alerts.tell_followers" in shown
    assert "smtp-timeout" in shown
    assert "tried 8 times" in shown


def test_the_desk_does_not_exist_for_members_and_asks_visitors_to_sign_in(
    visitor, amina, desk, waiting
):
    assert desk.get("/desk/").status_code == 200
    for path in ("/desk/", "/desk/log/", "/desk/people/"):
        assert cast.signed_in(Client(), amina).get(path).status_code == 404
        assert visitor.get(path).status_code == 302
        assert visitor.get(path)["Location"].startswith("/sign-in/")


def test_a_host_without_a_second_factor_is_led_to_one(waiting):
    member = cast.person("Farid", hosting_since=now())

    answer = cast.signed_in(Client(), member).get("/desk/")

    assert answer.status_code == 302
    assert "/me/security/" in answer["Location"]


def fill(chen, question, count, host):
    for n in range(count):
        author = cast.person(f"Newcomer {chen.pk} {n}", email=f"n{chen.pk}-{n}@example.org")
        spine.submit(kind="question", content=Content(title=f"Question {n}"), author=author)
        spine.submit(
            kind="experience",
            content=Content(title=f"Experience {n}", parts={"did": "Much."}),
            author=author,
        )
        talk.answer(contribution=question, author=author, body=f"Answer {n}", language="en")
        idea = spine.submit(kind="idea", content=Content(title=f"Idea {n}"), author=author)
        Appeal.objects.create(contribution=idea, asked_by=author, against=host)
        claims.take(what="contribution", about=idea.pk, by=author)
        Picture.objects.create(contribution=idea, by=author, alt="A well.")
        dead_letter(recipient=str(n))
        Revision.objects.create(
            contribution=question,
            number=chen.pk * 100 + n,
            title="Other words",
            by=author,
            state=State.WAITING,
        )


@pytest.mark.django_db(transaction=True)
def test_one_thing_or_thirty_cost_the_same_questions_to_the_database(
    desk, beatriz, chen, question, django_assert_max_num_queries
):
    fill(chen, question, 1, host=beatriz)
    page(desk)
    with django_assert_max_num_queries(BAR) as one:
        page(desk)
    fill(cast.person("Another"), question, 32, host=beatriz)
    # What the library says of itself is remembered from the view before, as it is in life.
    page(desk)
    with django_assert_max_num_queries(BAR) as thirty:
        shown = page(desk)

    assert len(one) == len(thirty)
    assert "The first 30 are shown here." in shown
    assert "Authors who ask for another look" in shown
    assert "is looking at this since" in shown
