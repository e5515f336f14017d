"""Answering a mail at /outbox/: the words come in as a mail would, for the person at this machine.
See test_outbox_page.py for who sees the page."""

from email import message_from_bytes, policy

import pytest
from django.test import Client

from exchange.mail.models import OutgoingMail
from tests.mail.door.standing import arrivals

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spool(settings, tmp_path):
    settings.MAIL_IN_DIR = tmp_path / "mail-in"
    return settings.MAIL_IN_DIR


@pytest.fixture
def at_this_machine() -> Client:
    return Client(REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1:8000")


@pytest.fixture
def mail(write) -> OutgoingMail:
    return write(
        text="Beatriz wrote:\n\nWe keep a register.\n",
        headers={
            "Reply-To": "Beatriz <reply+abc@exchange.example>",
            "References": "<q@exchange.example>",
        },
    )


def test_the_page_has_a_place_to_answer(at_this_machine, mail):
    page = at_this_machine.get(f"/outbox/{mail.pk}/").content.decode()

    assert "Answer this mail" in page
    assert f'action="/outbox/{mail.pk}/answer/"' in page


def test_an_answer_comes_in_as_a_mail_does(at_this_machine, mail, spool):
    done = at_this_machine.post(f"/outbox/{mail.pk}/answer/", {"text": "نعم, we do too. – Amina"})

    assert (done.status_code, done["Location"]) == (302, "/outbox/")
    [came] = arrivals(spool)
    assert (came.notes["from"], came.notes["to"]) == (
        "amina@example.org",
        "reply+abc@exchange.example",
    )
    reply = message_from_bytes(came.raw, policy=policy.default)
    assert reply["From"] == "amina@example.org"
    assert reply["To"] == "reply+abc@exchange.example"
    assert reply["Subject"] == f"Re: {mail.subject}"
    assert reply["In-Reply-To"] == mail.message_id
    assert reply["References"] == f"<q@exchange.example> {mail.message_id}"
    words = reply.get_content().replace("\r\n", "\n")
    assert words.startswith("نعم, we do too. – Amina\n\nOn ")
    assert "> We keep a register." in words
    assert "on its way in" in at_this_machine.get("/outbox/").content.decode()


def test_two_answers_are_two_mails(at_this_machine, mail, spool):
    for text in ("one", "one"):
        at_this_machine.post(f"/outbox/{mail.pk}/answer/", {"text": text})

    ids = {message_from_bytes(came.raw)["Message-ID"] for came in arrivals(spool)}
    assert len(ids) == 2


def test_without_words_it_asks_for_some(at_this_machine, mail, spool):
    done = at_this_machine.post(f"/outbox/{mail.pk}/answer/", {"text": "  "})

    assert done.status_code == 422
    assert "Please write a few words" in done.content.decode()
    assert not spool.exists()


def test_a_mail_whose_address_is_forgotten_cannot_be_answered(at_this_machine, mail, spool):
    OutgoingMail.objects.filter(pk=mail.pk).update(to_address="", text="")

    assert "Answer this mail" not in at_this_machine.get(f"/outbox/{mail.pk}/").content.decode()
    assert at_this_machine.post(f"/outbox/{mail.pk}/answer/", {"text": "x"}).status_code == 404


@pytest.mark.parametrize(
    "somebody",
    [
        {"REMOTE_ADDR": "192.168.1.20", "HTTP_HOST": "127.0.0.1:8000"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "rebound.example:8000"},
    ],
)
def test_nobody_else_answers_in_anybodys_name(mail, spool, somebody):
    done = Client(**somebody).post(f"/outbox/{mail.pk}/answer/", {"text": "x"})

    assert done.status_code == 404
    assert not spool.exists()


def test_another_page_cannot_answer_through_this_browser(mail, spool):
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1:8000")

    done = strict.post(
        f"/outbox/{mail.pk}/answer/", {"text": "x"}, HTTP_ORIGIN="https://evil.example"
    )

    assert done.status_code == 403
    assert not spool.exists()
    assert strict.get(f"/outbox/{mail.pk}/answer/").status_code == 405
