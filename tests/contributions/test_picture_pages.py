"""Pictures on the pages where people share, answer, read and decide."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from exchange.contributions import actions as words
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, Picture
from exchange.contributions.pictures import actions, store
from exchange.conversation import actions as talk
from exchange.conversation.models import Reply
from exchange.core.gates import Outcome, Verdict
from exchange.ledger import worker
from exchange.members.models import Member
from tests.contributions import files

pytestmark = pytest.mark.django_db

QUESTION = {
    "title": "Where do you meet?",
    "body": "Ours is a tree.",
    "language": "en",
    "once": "f-1",
}
PICTURE = {"picture-alt": "A large tree", "picture-people": "nobody"}


@pytest.fixture(autouse=True)
def _no_files_left(db: None) -> Any:
    yield
    for picture in Picture.objects.all():
        store.remove(picture.key)


@pytest.fixture
def question(amina: Member) -> Contribution:
    return words.submit(kind="question", content=Content(title="Where do you meet?"), author=amina)


def beside(
    contribution: Contribution, by: Member, reply: Reply | None = None, **named: Any
) -> Picture:
    made = files.reencoded(files.photo(size=(400, 300)))
    verdict = Verdict(named.pop("outcome", Outcome.PASS))
    ready = actions.Ready(made, "A large tree", "", None, verdict)
    number = reply.pk if reply else None
    return actions.add(ready=ready, contribution=contribution, by=by, reply_number=number)


def test_a_question_is_asked_with_a_picture_that_loads_only_when_opened(
    visitor: Client, amina: Member, signed_in: Any
) -> None:
    client = signed_in(Client(), amina)

    sent = client.post("/ask/", {**QUESTION, **PICTURE, "picture-file": files.upload()})

    page = visitor.get(sent["Location"]).content.decode()
    picture = Picture.objects.get()
    folded = re.search(r"<figure.*?</figure>", page, re.DOTALL)[0]
    assert "<details><summary>" in folded
    assert f'src="/pictures/{picture.key}/320.webp"' in folded
    assert 'loading="lazy"' in folded
    assert 'alt="A large tree"' in folded
    assert re.search(r"\(\d+ kB\)", folded)
    assert visitor.get(f"/pictures/{picture.key}/320.webp").status_code == 200


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"picture-file": files.upload(files.HOSTILE["an SVG"][0], "a.svg")}, "SVG kind"),
        ({"picture-file": files.upload(files.photo()[:3000])}, "damaged or incomplete"),
        ({"picture-file": files.upload(bytes(12_500_000))}, "larger than 12 MB"),
        ({"picture-file": files.upload(), "picture-people": ""}, "whether somebody can"),
        ({"picture-file": files.upload(), "title": ""}, "write your question in one line"),
        ({}, "No picture is chosen"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_words_are_kept(
    change: dict[str, Any], sentence: str, amina: Member, signed_in: Any
) -> None:
    for value in change.values():
        if hasattr(value, "seek"):
            value.seek(0)

    response = signed_in(Client(), amina).post("/ask/", {**QUESTION, **PICTURE, **change})

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Ours is a tree." in page
    assert 'value="A large tree"' in page
    assert ("choose the picture again" in page) == ("picture-file" in change)
    assert not Contribution.objects.exists()
    assert not Picture.objects.exists()


def test_a_form_of_a_hundred_megabytes_is_turned_away_unread(visitor: Client) -> None:
    response = visitor.generic(
        "POST",
        "/ask/",
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="100000000",
    )

    assert response.status_code == 413
    assert "A picture may have up to 12 MB." in response.content.decode()


def test_other_addresses_take_no_large_forms(visitor: Client) -> None:
    response = visitor.generic(
        "POST",
        "/join/",
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="2000000",
    )

    assert response.status_code == 413


def test_an_experience_is_sent_with_a_picture(amina: Member, signed_in: Any) -> None:
    client = signed_in(Client(), amina)
    for step, text in {"title": "The tree", "did": "We met."}.items():
        client.post(f"/share/experience/key-1/{step}/", {step: text})

    client.post("/share/experience/key-1/review/", {**PICTURE, "picture-file": files.upload()})

    assert Picture.objects.get().contribution.title == "The tree"


def test_an_answer_is_given_with_a_picture_and_both_go_together(
    visitor: Client, question: Contribution, amina: Member, signed_in: Any
) -> None:
    client = signed_in(Client(), amina)
    answer = {"body": "Under this tree.", "language": "en", "once": "a-1", **PICTURE}

    client.post(
        f"/contributions/{question.pk}/answers/", {**answer, "picture-file": files.upload()}
    )

    reply = Reply.objects.get()
    picture = Picture.objects.get()
    assert picture.reply_number == reply.pk
    page = visitor.get(question.get_absolute_url()).content.decode()
    assert picture.key in page.split(f'id="reply-{reply.pk}"')[1]

    talk.withdraw_reply(reply=reply, by=amina)
    assert visitor.get(f"/pictures/{picture.key}/320.webp").status_code == 404
    worker.run_until_idle()
    assert not Picture.objects.standing().exists()


def test_a_form_sent_twice_adds_one_picture(amina: Member, signed_in: Any) -> None:
    client = signed_in(Client(), amina)

    for _time in range(2):
        client.post("/ask/", {**QUESTION, **PICTURE, "picture-file": files.upload()})

    assert Picture.objects.count() == 1


def test_more_pictures_are_added_afterwards_by_the_author_alone(
    question: Contribution, amina: Member, beatriz: Member, signed_in: Any
) -> None:
    path = f"/contributions/{question.pk}/pictures/"
    client = signed_in(Client(), amina)

    empty = client.post(path, {})
    done = client.post(path, {**PICTURE, "picture-file": files.upload()})

    assert empty.status_code == 422
    assert "Please choose a picture first." in empty.content.decode()
    assert done["Location"] == question.get_absolute_url()
    assert Picture.objects.get().by == amina
    assert path in client.get(question.get_absolute_url()).content.decode()
    assert signed_in(Client(), beatriz).get(path).status_code == 404


def test_the_desk_shows_what_waits_folded(
    question: Contribution, amina: Member, beatriz: Member, chen: Member, signed_in: Any
) -> None:
    alone = beside(question, amina, outcome=Outcome.HOLD)
    row = words.submit(kind="question", content=Content(title="And you?"), author=chen)
    with_words = beside(row, chen)
    desk = signed_in(Client(), beatriz)

    page = desk.get("/desk/").content.decode()

    card = page.split(f'id="contribution-{row.pk}"')[1].split("</article>")[0]
    assert f"/pictures/{with_words.key}/320.webp" in card
    section = page.split('id="pictures"')[1].split("</section>")[0]
    assert alone.key in section
    assert with_words.key not in section
    assert page.count("<img") == page.count("<details><summary><span>") == 2

    desk.post(f"/pictures/{alone.key}/publication/", {"back": "/desk/"})
    assert not Picture.objects.get(pk=alone.pk).is_waiting


def test_lists_show_no_pictures(visitor: Client, question: Contribution, amina: Member) -> None:
    picture = beside(question, amina)

    for path in ("/", "/questions/"):
        assert picture.key not in visitor.get(path).content.decode()


@pytest.mark.parametrize("reader", ["visitor", "amina", "beatriz"])
def test_pictures_beside_thirty_answers_cost_no_more_questions(
    reader: str,
    question: Contribution,
    amina: Member,
    beatriz: Member,
    signed_in: Any,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    people = {"amina": amina, "beatriz": beatriz}
    client = signed_in(Client(), people[reader]) if reader in people else Client()
    beside(question, amina)
    for number in range(30):
        reply = talk.answer(
            contribution=question, author=beatriz, body=f"Answer {number}.", language="en"
        )
        made = Picture.objects.first().sizes
        Picture.objects.create(
            contribution=question,
            reply_number=reply.pk,
            by=beatriz,
            alt="A",
            sizes=made,
            let_out_at=reply.created_at,
        )

    with django_assert_max_num_queries(8):
        page = client.get(question.get_absolute_url()).content.decode()

    assert page.count("<img") == 21
