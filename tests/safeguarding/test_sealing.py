"""What is sealed is gone for everyone, in every list, at once; and comes back whole.
Run by pytest alone."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from exchange.alerts.telling.actions import tell_follower
from exchange.contributions import sealing
from exchange.contributions.actions import revise, submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution, State
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.conversation.sealing import seal_reply, unseal_reply
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.members.models import Member

WORDS = "Zebrafinch evenings brought our committee back, week after week."
Committed = Callable[..., AbstractContextManager[object]]
SignIn = Callable[[Client, Member], Client]


@pytest.fixture
def question(amina: Member) -> Contribution:
    content = Content(
        title="Zebrafinch committee evenings?",
        body=WORDS,
        topics=("child-participation",),
        countries=("KE",),
    )
    row = submit(kind="question", content=content, author=amina)
    worker.run_until_idle()
    return row


def doors(question: Contribution, author: Member) -> list[str]:
    return [
        question.get_absolute_url(),
        "/",
        "/questions/",
        "/questions/?country=KE",
        "/countries/ke/",
        "/topics/child-participation/",
        "/search/?q=zebrafinch",
        f"/people/{author.pk}/",
        f"/contributions/{question.pk}/following/",
        f"/contributions/{question.pk}/words/",
        "/me/",
        "/desk/",
        "/desk/held/",
        "/desk/log/",
    ]


def shown(client: Client, paths: list[str]) -> list[str]:
    """The doors behind which the words stand."""
    found = []
    for path in paths:
        page = client.get(path)
        if page.status_code == 200 and "zebrafinch" in page.content.decode().casefold().replace(
            "q=zebrafinch", ""
        ).replace('value="zebrafinch"', ""):
            found.append(path)
    return found


def test_what_is_sealed_is_gone_for_everyone_and_comes_back(
    question: Contribution,
    amina: Member,
    beatriz: Member,
    chen: Member,
    signed_in: SignIn,
    django_capture_on_commit_callbacks: Committed,
):
    committed = django_capture_on_commit_callbacks
    people = {
        "visitor": Client(),
        "author": signed_in(Client(), amina),
        "member": signed_in(Client(), chen),
        "host": signed_in(Client(), beatriz),
    }
    paths = doors(question, amina)
    before = {who: shown(client, paths) for who, client in people.items()}
    assert all(len(found) >= 7 for found in before.values()), before

    with committed(execute=True):
        sealing.seal(contribution=question)
    worker.run_until_idle()

    for who, client in people.items():
        leaks = [path for path in shown(client, paths) if path != "/search/?q=zebrafinch"]
        assert leaks == [], who
        assert client.get(question.get_absolute_url()).status_code == 404, who
        assert "evenings" not in client.get("/search/?q=zebrafinch").content.decode(), who
    assert dossier.export(amina)["contributions"]["contributions"] == []

    with committed(execute=True):
        sealing.unseal(contribution=question)
    worker.run_until_idle()

    assert {who: shown(client, paths) for who, client in people.items()} == before


def test_a_sealed_answer_is_gone_with_its_count_and_comes_back(
    question: Contribution,
    amina: Member,
    beatriz: Member,
    signed_in: SignIn,
    django_capture_on_commit_callbacks: Committed,
):
    committed = django_capture_on_commit_callbacks
    reply = answer(contribution=question, author=beatriz, body="Quokka tea.", language="en")
    page = question.get_absolute_url()
    people = [Client(), signed_in(Client(), amina), signed_in(Client(), beatriz)]
    assert all("Quokka" in one.get(page).content.decode() for one in people)

    with committed(execute=True):
        seal_reply(reply=reply)

    assert not any("Quokka" in one.get(page).content.decode() for one in people)
    question.refresh_from_db()
    assert question.reply_count == 0
    assert not Reply.objects.visible_to(beatriz).exists()

    with committed(execute=True):
        unseal_reply(reply=reply)

    question.refresh_from_db()
    assert question.reply_count == 1
    assert all("Quokka" in one.get(page).content.decode() for one in people)


def test_answers_to_a_sealed_question_are_sealed_with_it(
    question: Contribution, amina: Member, beatriz: Member
):
    answer(contribution=question, author=beatriz, body="Tea.", language="en")
    assert Reply.objects.visible_to(beatriz).count() == 1

    sealing.seal(contribution=question)

    assert not Reply.objects.visible_to(beatriz).exists()
    assert not Reply.objects.visible_to(amina).exists()
    assert not Reply.objects.visible_to(None).exists()


def test_mail_about_it_that_has_not_gone_stays(question: Contribution, amina: Member, beatriz):
    answer(contribution=question, author=beatriz, body="Tea.", language="en")
    OutgoingMail.objects.all().delete()
    tell_follower(reply_id=Reply.objects.get().pk, member_id=amina.pk)
    assert OutgoingMail.objects.get().state == "queued"

    sealing.seal(contribution=question)

    assert OutgoingMail.objects.get().state == "dropped"


def test_nobody_changes_what_was_sealed_while_they_had_it_open(
    question: Contribution, amina: Member
):
    open_before = Contribution.objects.get(pk=question.pk)
    sealing.seal(contribution=question)

    with pytest.raises(NotAllowed):
        withdraw(contribution=open_before, by=amina)
    content = Content(title="Something else", body="Something else")
    with pytest.raises(NotAllowed):
        revise(contribution=open_before, content=content, by=amina, version=1)
    question.refresh_from_db()
    assert (question.state, question.sealed_from) == (State.SEALED, State.PUBLISHED)


def test_sealing_twice_keeps_what_it_was(question: Contribution):
    sealing.seal(contribution=question)
    sealing.seal(contribution=question)

    assert sealing.unseal(contribution=question).state == State.PUBLISHED


def test_what_was_withdrawn_for_safeguarding_is_nobodys_again(
    question: Contribution, amina: Member, beatriz: Member
):
    sealing.seal(contribution=question)
    sealing.withdraw_sealed(contribution=question)

    question.refresh_from_db()
    assert question.state == State.WITHDRAWN
    for person in (None, amina, beatriz):
        assert not Contribution.objects.visible_to(person).exists()
