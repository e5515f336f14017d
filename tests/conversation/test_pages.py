"""The page of a question with its answers, as people use it.
Read by pytest alone."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, State
from exchange.conversation import actions
from exchange.conversation.models import Follow, Reply
from exchange.members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(amina: Member) -> Contribution:
    content = Content(title="How did you begin?", body="Tell me.", countries=("KE",))
    return spine.submit(kind="question", content=content, author=amina)


def test_anybody_reads_a_question(visitor: Client, question: Contribution) -> None:
    page = visitor.get(question.get_absolute_url()).content.decode()

    assert "How did you begin?" in page
    assert "Kenya" in page
    assert "Amina" in page


def test_an_older_address_leads_to_the_present_one(visitor: Client, question: Contribution) -> None:
    for wrong in (f"/questions/{question.pk}-old-words/", f"/ideas/{question.pk}-x/"):
        assert visitor.get(wrong)["Location"] == question.get_absolute_url()


def test_what_waits_exists_for_its_author_and_hosts_alone(
    visitor: Client, chen: Member, amina: Member, beatriz: Member, signed_in: Any
) -> None:
    waiting = spine.submit(kind="question", content=Content(title="Mine"), author=chen)
    address = waiting.get_absolute_url()

    assert visitor.get(address).status_code == 404
    assert signed_in(Client(), amina).get(address).status_code == 404
    assert signed_in(Client(), chen).get(address).status_code == 200
    assert signed_in(Client(), beatriz).get(address).status_code == 200


def test_a_member_answers(
    visitor: Client, question: Contribution, beatriz: Member, signed_in: Any
) -> None:
    response = signed_in(visitor, beatriz).post(
        f"/contributions/{question.pk}/answers/",
        {"body": "With tea.", "language": "en", "once": "a"},
        follow=True,
    )

    assert "With tea." in response.content.decode()
    assert Reply.objects.get().state == State.PUBLISHED


def test_an_empty_answer_is_told_so(
    visitor: Client, question: Contribution, beatriz: Member, signed_in: Any
) -> None:
    response = signed_in(visitor, beatriz).post(
        f"/contributions/{question.pk}/answers/", {"body": "  ", "language": "en"}
    )

    assert response.status_code == 422
    assert "Please write a few words before you send." in response.content.decode()


def test_a_visitor_s_answer_is_kept_while_they_sign_in(
    visitor: Client, question: Contribution, beatriz: Member
) -> None:
    response = visitor.post(
        f"/contributions/{question.pk}/answers/", {"body": "With tea.", "language": "en"}
    )
    assert response["Location"].startswith("/sign-in/")

    visitor.force_login(beatriz)
    page = visitor.get(f"{question.get_absolute_url()}?unsent=1").content.decode()

    assert "With tea." in page
    assert not Reply.objects.exists()


def test_also_when_the_address_has_letters_beyond_ascii(
    visitor: Client, amina: Member, beatriz: Member
) -> None:
    content = Content(title="كيف بدأتم؟", language="ar")
    question = spine.submit(kind="question", content=content, author=amina)
    visitor.post(f"/contributions/{question.pk}/answers/", {"body": "بالشاي.", "language": "ar"})

    visitor.force_login(beatriz)
    page = visitor.get(f"{question.get_absolute_url()}?unsent=1").content.decode()

    assert "بالشاي." in page


def test_a_waiting_answer_is_shown_to_its_author_alone(
    visitor: Client, question: Contribution, chen: Member, signed_in: Any
) -> None:
    actions.answer(contribution=question, author=chen, body="My first words.", language="en")

    assert "My first words." not in visitor.get(question.get_absolute_url()).content.decode()
    own = signed_in(Client(), chen).get(question.get_absolute_url()).content.decode()
    assert "My first words." in own


def test_this_helped_and_this_answered(
    visitor: Client, question: Contribution, amina: Member, beatriz: Member, signed_in: Any
) -> None:
    reply = actions.answer(contribution=question, author=beatriz, body="Tea.", language="en")
    client = signed_in(visitor, amina)

    client.post(f"/answers/{reply.pk}/helped/")
    client.post(f"/answers/{reply.pk}/accepted/")

    reply.refresh_from_db()
    assert reply.helped_count == 1
    assert reply.answered_at is not None
    stranger = signed_in(Client(), beatriz)
    assert stranger.post(f"/answers/{reply.pk}/accepted/").status_code == 404


def test_following_says_why(
    visitor: Client, question: Contribution, beatriz: Member, signed_in: Any
) -> None:
    client = signed_in(visitor, beatriz)

    client.post(f"/contributions/{question.pk}/following/", {"level": "digest"})

    assert Follow.objects.get().level == "digest"
    page = client.get(f"/contributions/{question.pk}/following/").content.decode()
    assert "you chose to follow it" in page


@pytest.mark.parametrize("reader", ["visitor", "amina", "beatriz"])
def test_asks_the_database_as_often_for_one_answer_as_for_thirty(
    reader: str,
    visitor: Client,
    question: Contribution,
    amina: Member,
    beatriz: Member,
    signed_in: Any,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    people = {"amina": amina, "beatriz": beatriz}
    client = signed_in(visitor, people[reader]) if reader in people else visitor
    actions.answer(contribution=question, author=beatriz, body="One.", language="en")
    with django_assert_max_num_queries(8) as one:
        client.get(f"{question.get_absolute_url()}?a")
    for number in range(29):
        actions.answer(
            contribution=question, author=beatriz, body=f"Answer {number}.", language="en"
        )
    with django_assert_max_num_queries(8) as many:
        client.get(f"{question.get_absolute_url()}?b")

    assert len(one) <= len(many) <= len(one) + 1


def test_an_address_beyond_every_number_is_not_found(visitor: Client, db: None) -> None:
    assert visitor.get("/questions/99999999999999999999-x/").status_code == 404
