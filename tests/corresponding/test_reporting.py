"""Reported private words: frozen as they were, sealed for both, let back; and leaving.
Run by pytest alone."""

import pytest

from exchange.core import reportable
from exchange.corresponding.actions import answering, writing
from exchange.corresponding.models import Block, Choice, Correspondence, Message
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.safeguarding.actions import handling
from exchange.safeguarding.actions.standing import appoint
from exchange.safeguarding.models import Case, Evidence, Kind
from tests.corresponding.conftest import HELLO

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(at, asked, femi, desta, django_capture_on_commit_callbacks) -> Message:
    """Femi says that Amina's words put a child at risk."""
    appoint(member=desta, role="lead")
    message = asked.messages.get()
    with django_capture_on_commit_callbacks(execute=True):
        path = f"/report/message/{message.pk}/"
        assert at(femi).get(path).status_code == 200
        assert at(femi).post(path, {"kind": Kind.AT_RISK.value}).status_code == 302
    message.refresh_from_db()
    return message


def test_only_the_two_can_report_it(at, asked, beatriz, chen, visitor):
    path = f"/report/message/{asked.messages.get().pk}/"

    assert at(beatriz).get(path).status_code == 404
    assert at(chen).get(path).status_code == 404
    assert visitor.get(path).status_code == 404


def test_it_is_frozen_and_sealed_for_both(at, reported, amina, femi):
    assert Evidence.objects.get().text == HELLO
    assert reported.sealed_at
    for reader in (amina, femi):
        page = at(reader).get(f"/messages/{reported.correspondence_id}/").content.decode()
        assert HELLO not in page
        assert "out of view" in page
        assert HELLO not in at(reader).get("/messages/").content.decode()
        assert HELLO not in str(dossier.export(reader)["corresponding"])
    worker.run_until_idle()
    assert not OutgoingMail.objects.filter(text__contains=HELLO).exists()


def test_let_back_both_read_it_again(at, reported, femi, desta):
    handling.let_stand(case=Case.objects.get(), by=desta)

    page = at(femi).get(f"/messages/{reported.correspondence_id}/").content.decode()
    assert HELLO in page


def test_withdrawn_it_is_gone_for_good(reported, desta):
    handling.withdraw(case=Case.objects.get(), by=desta)

    reported.refresh_from_db()
    assert (reported.text, reported.is_withdrawn) == ("", True)


def test_a_held_message_can_be_let_back_as_well(asked, femi):
    pk = asked.messages.get().pk
    place = reportable.place("message")

    assert place.hold(pk)
    assert not place.hold(pk)
    assert place.standing(pk).is_held
    assert place.look(pk).text == ""
    assert reportable.find("message", pk, femi) is None
    place.unseal(pk)
    assert reportable.find("message", pk, femi).text == HELLO


def test_the_copy_of_each_has_what_they_may_read_and_no_more(talk, amina, femi, chen):
    writing.write(by=femi, to=amina, text="We began with tea.")
    answering.block(whom=chen, by=amina)

    mine = dossier.export(amina)["corresponding"]

    assert [(one["from"], one["text"]) for one in mine["messages"]] == [
        ("me", HELLO),
        ("Femi", "We began with tea."),
    ]
    assert mine["blocked"][0]["name"] == "Chen"
    assert femi.email not in str(mine)
    assert dossier.export(chen)["corresponding"]["messages"] == []


def test_who_leaves_takes_their_words_along_and_not_those_of_others(at, talk, amina, femi):
    writing.write(by=femi, to=amina, text="We began with tea.")
    answering.block(whom=femi, by=amina)
    answering.choose(member=amina, by_mail=False)

    dossier.erase(amina)

    assert not Message.objects.filter(text=HELLO).exists()
    assert not Block.objects.exists()
    assert not Choice.objects.exists()
    page = at(femi).get(f"/messages/{talk.pk}/").content.decode()
    assert "Somebody who has left" in page
    assert "We began with tea." in page
    assert "Amina" not in page.split("<main")[1]
    dossier.erase(femi)
    assert not Correspondence.objects.exists()
