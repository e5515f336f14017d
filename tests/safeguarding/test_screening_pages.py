"""What a writer meets when something was noticed: the passage, the reason, and two ways on.
Run by pytest alone."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exchange.contributions import actions, drafts
from exchange.contributions.content import Content
from exchange.contributions.errors import Noticed
from exchange.contributions.models import Contribution, State
from exchange.conversation.models import Reply
from exchange.members.models import Member

pytestmark = pytest.mark.django_db

NAMING = "What helps Akinyi, a girl of 9 years from Kilimo village?"
SAFER = "What helps a girl of about 9 who lives with relatives?"
QUESTION = {
    "title": "What helps a child who lost her mother?",
    "body": NAMING,
    "language": "en",
    "once": "form-1",
}


def words(response: Any) -> str:
    return response.content.decode()


def test_a_question_that_names_a_child_is_noticed_rewritten_and_published(
    visitor: Client, amina: Member, signed_in: Any
) -> None:
    client = signed_in(visitor, amina)

    noticed = client.post("/ask/", QUESTION)

    assert noticed.status_code == 422
    assert "<mark>Akinyi, a girl of 9 years from Kilimo village</mark>" in words(noticed)
    assert "A girl of about 12 in one district" in words(noticed)
    assert 'href="#id_body"' in words(noticed)
    assert 'name="insist" value="1"' in words(noticed)
    assert QUESTION["title"] in words(noticed)
    assert 'value="form-1"' in words(noticed)
    assert not Contribution.objects.exists()

    client.post("/ask/", {**QUESTION, "body": SAFER})

    assert Contribution.objects.get().state == State.PUBLISHED


def test_sent_as_it_is_it_waits_for_a_host(visitor: Client, amina: Member, signed_in: Any) -> None:
    client = signed_in(visitor, amina)

    client.post("/ask/", {**QUESTION, "insist": "1"})

    question = Contribution.objects.get()
    assert (question.state, question.body) == (State.WAITING, NAMING)


def test_a_newcomer_is_asked_too_and_waits_after_rewriting(
    visitor: Client, chen: Member, signed_in: Any
) -> None:
    client = signed_in(visitor, chen)

    assert client.post("/ask/", QUESTION).status_code == 422
    client.post("/ask/", {**QUESTION, "body": SAFER})

    assert Contribution.objects.get().state == State.WAITING


def test_words_of_danger_reach_a_host_without_a_question(
    visitor: Client, amina: Member, signed_in: Any
) -> None:
    client = signed_in(visitor, amina)

    client.post("/ask/", {**QUESTION, "body": "He will kill her tonight. Call 0712 345 678."})

    assert Contribution.objects.get().state == State.WAITING


def test_an_answer_is_noticed_with_all_that_was_typed(
    visitor: Client, amina: Member, beatriz: Member, signed_in: Any
) -> None:
    question = actions.submit(kind="question", content=Content(title="What helps?"), author=amina)
    client = signed_in(visitor, amina)
    address = reverse("conversation:answer", args=[question.pk])

    noticed = client.post(address, {"body": "Call me on 0712 345 678.", "language": "en"})

    assert noticed.status_code == 422
    assert "Call me on <mark>0712 345 678</mark>." in words(noticed)
    assert "Call me on 0712 345 678.</textarea>" in words(noticed)
    assert not Reply.objects.exists()

    client.post(address, {"body": "Write here.", "language": "en", "once": "a"})
    client.post(address, {"body": "Call me on 0712 345 678.", "insist": "1", "once": "b"})

    states = dict(Reply.objects.values_list("body", "state"))
    assert states["Write here."] == State.PUBLISHED
    assert states["Call me on 0712 345 678."] == State.WAITING


def test_a_published_question_stays_as_it_was_while_its_change_is_asked_about(
    visitor: Client, amina: Member, signed_in: Any
) -> None:
    question = actions.submit(
        kind="question", content=Content(title="What helps?", body=SAFER), author=amina
    )
    change = Content(title="What helps?", body=NAMING)

    with pytest.raises(Noticed):
        actions.revise(contribution=question, content=change, by=amina, version=1)
    stands = actions.revise(contribution=question, content=change, by=amina, version=1, insist=True)

    question.refresh_from_db()
    assert (stands, question.body, question.state) == (False, SAFER, State.PUBLISHED)


def test_the_review_of_an_experience_leads_to_the_part(
    visitor: Client, amina: Member, signed_in: Any
) -> None:
    client = signed_in(visitor, amina)
    answers = {"title": ["The grandmothers helped"], "did": ["We met."], "faced": [NAMING]}
    drafts.keep(key="key-1", member=amina, kind="experience", answers=answers, step="faced")

    noticed = client.post("/share/experience/key-1/review/")

    assert noticed.status_code == 422
    assert "<mark>Akinyi, a girl of 9 years from Kilimo village</mark>" in words(noticed)
    assert 'href="/share/experience/key-1/faced/"' in words(noticed)

    client.post("/share/experience/key-1/review/", {"insist": "1"})

    assert Contribution.objects.get().state == State.WAITING


def test_a_passage_is_placed_in_the_part_it_was_typed_in() -> None:
    content = Content(title="T", parts={"faced": "One.", "did": "Call 0712."}, organisation="Us")

    start = content.whole.index("0712")

    assert content.place_of(start, start + 4) == ("did", 5, 9)
    assert content.words_of("did")[5:9] == "0712"
