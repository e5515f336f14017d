"""Each mail comes to the one who handles it: by token, by what it answers, by mailbox, by command.
Run by pytest alone."""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone

from exchange.mail import tokens
from exchange.mail.actions import About, queue_mail
from exchange.mail.inbound import Outcome
from exchange.mail.models import IncomingMail, Mailbox, OutgoingMail
from exchange.mail.tokens import What
from tests.mail.receiving.conftest import AMINA, mail

pytestmark = pytest.mark.django_db


def written_to_amina(item: str, person: int = AMINA.person) -> OutgoingMail:
    return queue_mail(
        to=AMINA.address,
        subject="Your question was answered",
        text="Somebody has answered.\n",
        purpose="alert",
        about=About(person=person, item=item),
    )


def test_an_answer_reaches_what_its_token_names(house, deliver) -> None:
    to = tokens.address(What.ANSWER, person=7, item=12, days=30)

    row = deliver(mail(), to=to)

    assert house.names == ["tokens:answer"]
    assert (house.last.token.item, house.last.is_senders_own) == (12, True)
    assert (row.state, row.outcome, row.route, row.person) == ("done", "taken", "token:answer", 7)
    assert row.words == "We meet on Mondays."


def test_a_token_in_capitals_is_the_same(house, deliver) -> None:
    deliver(mail(), to=tokens.address(What.ANSWER, person=7, item=12).upper())

    assert house.names == ["tokens:answer"]


def test_somebody_else_with_the_token_comes_to_the_same_handler_as_themselves(
    house, deliver
) -> None:
    deliver(
        mail(From="Femi <femi@example.net>"),
        to=tokens.address(What.ANSWER, person=7, item=12),
        sender="femi@example.net",
    )

    assert house.names == ["tokens:answer"]
    assert not house.last.is_senders_own


def test_a_token_that_has_run_out_is_told_kindly_with_the_words(house, deliver) -> None:
    with time_machine.travel("2026-01-01"):
        to = tokens.address(What.ANSWER, person=7, item=12, days=30)

    row = deliver(mail("We meet on Mondays, under the tree."), to=to)

    assert house.taken == []
    assert (row.state, row.outcome) == ("refused", "expired")
    told = OutgoingMail.objects.get(purpose="receipt")
    assert told.to_address == "amina@example.org"
    assert "We meet on Mondays, under the tree." in told.text
    assert told.headers["Auto-Submitted"] == "auto-replied"
    assert told.headers["In-Reply-To"] == mail_id(row)


def test_a_wish_to_stop_has_no_end(house, deliver) -> None:
    with time_machine.travel("2021-01-01"):
        to = tokens.address(What.STOP_FOLLOW, person=7, item=12)

    deliver(mail("pause"), to=to)

    assert house.names == ["tokens:stop_follow"], "and it is no other command either"


def test_a_token_nobody_made_is_a_mail_to_the_desk(house, deliver) -> None:
    deliver(mail(), to="reply+aaaaaaaaaaaaaaaaaaaaaaaaaaaa@exchange.example")

    assert house.names == ["mailboxes:desk"]


@pytest.mark.parametrize(
    ("item", "token"),
    [
        ("reply:12", "tokens:answer_to"),
        ("contribution:12", "tokens:answer"),
        ("receipt:12", "tokens:receipt"),
    ],
)
def test_who_answers_the_from_address_is_known_by_what_they_answer(
    house, deliver, item, token
) -> None:
    ours = written_to_amina(item)

    deliver(mail(In_Reply_To=ours.message_id), to="exchange@exchange.example")

    assert house.names == [token]
    assert (house.last.token.person, house.last.token.item) == (7, 12)


def test_what_is_typed_into_our_own_words_is_theirs(house, deliver) -> None:
    ours = written_to_amina("contribution:12")

    deliver(
        mail(
            "> Somebody has answered.\n> And I meet them on Mondays.\n", In_Reply_To=ours.message_id
        ),
        to=tokens.address(What.ANSWER, person=7, item=12),
    )

    assert "And I meet them on Mondays." in house.last.opened.words
    assert "Somebody has answered." not in house.last.opened.words


def test_our_words_are_found_by_the_address_where_a_program_dropped_the_ids(house, deliver) -> None:
    written_to_amina("contribution:12")
    typed = mail("> Somebody has answered.\n> And I meet them on Mondays.\n")

    deliver(typed, to=tokens.address(What.ANSWER, person=7, item=12))
    assert house.last.opened.words == "And I meet them on Mondays."

    # What was written to somebody else, or about something else, is not what they quote.
    deliver(mail("> Somebody has answered.\n"), to=tokens.address(What.ANSWER, person=7, item=13))
    assert house.last.opened.words == "> Somebody has answered."


def test_references_are_enough(house, deliver) -> None:
    ours = written_to_amina("contribution:12")

    deliver(
        mail(References=f"<a@b.example> {ours.message_id} <x@example.org>"),
        to="hello@exchange.example",
    )

    assert house.names == ["tokens:answer"]


def test_a_mail_to_somebody_else_answers_nothing(house, deliver) -> None:
    ours = written_to_amina("contribution:12", person=8)

    deliver(mail(In_Reply_To=ours.message_id), to="hello@exchange.example")

    assert house.names == ["mailboxes:desk"]


def test_a_mailbox_opens_what_it_is_for(house, deliver) -> None:
    deliver(mail(), to="East-Africa@exchange.example")

    assert house.names == ["mailboxes:question"]
    assert (house.last.mailbox, house.last.hub) == ("east-africa", "east-africa")
    assert house.last.language == "sw", "the person's own, where we know it"


def test_what_no_mailbox_takes_comes_to_the_desk(house, deliver) -> None:
    Mailbox.objects.filter(local="ask").update(is_open=False)

    deliver(mail(), to="ask@exchange.example")
    deliver(mail(), to="nobody@exchange.example")

    assert house.names == ["mailboxes:desk", "mailboxes:desk"]


def test_a_stranger_is_a_stranger_whatever_they_say(house, deliver) -> None:
    row = deliver(mail("help", From="femi@example.net"), sender="femi@example.net")

    assert house.names == ["stranger"]
    assert house.last.language == "fr", "the language of the mailbox"
    assert (row.person, row.from_address) == (None, "femi@example.net")


def test_a_command_is_carried_out_wherever_it_comes_to(house, deliver) -> None:
    deliver(mail("STOP"), to=tokens.address(What.ANSWER, person=7, item=12))
    row = deliver(mail("", Subject="help"), to="hello@exchange.example")

    assert house.names == ["commands:stop", "commands:help"]
    assert house.taken[0][1].token.item == 12
    assert row.route == "command:help"


def test_a_command_that_changes_something_needs_more_than_an_address(house, deliver) -> None:
    deliver(mail("pause"), to="hello@exchange.example")
    deliver(mail("pause"), to=tokens.address(What.ANSWER, person=8, item=12))
    deliver(mail("pause"), to=tokens.address(What.ANSWER, person=7, item=12))

    assert house.names == ["unsure", "unsure", "commands:pause"]


def test_a_worry_about_a_child_goes_before_whatever_it_answers(house, deliver) -> None:
    letter = queue_mail(
        to=AMINA.address,
        subject="New",
        text="New",
        language="sw",
        purpose="alert",
        key="alert:1",
        about=About(person=AMINA.person, item="contribution:12"),
    )
    heads = {"In_Reply_To": letter.message_id, "To": "concern@exchange.example"}
    deliver(mail("A child told me", **heads), to="concern@exchange.example")
    reply = tokens.address(What.ANSWER, person=7, item=12)
    both = {"To": reply, "Cc": "concern@exchange.example"}
    deliver(mail("A child told me", **both), to=reply)
    deliver(mail("A child told me", **both), to="", via="imap")
    deliver(mail("A child told me", To="ask@exchange.example, Concern@Exchange.example"), to="")

    assert house.names == ["mailboxes:concern"] * 4


def test_a_worry_about_a_child_is_read_by_safeguarding_alone(house, deliver) -> None:
    row = deliver(
        mail("A child told me", From="femi@example.net", List_Id="<x.example.net>"),
        to="concern@exchange.example",
        sender="femi@example.net",
    )

    assert house.names == ["mailboxes:concern"], "also of a stranger, also through a list"
    assert house.last.opened.words == "A child told me"
    assert (row.words, row.subject, row.from_address, row.person) == ("", "", "", None)


def test_a_mail_from_a_polled_mailbox_is_known_by_its_headers(house, deliver) -> None:
    to = tokens.address(What.ANSWER, person=7, item=12)

    deliver(mail(To=f"Friends <x@example.net>, The Exchange <{to}>"), to="", via="imap", sender="")

    assert house.names == ["tokens:answer"]


def test_an_outcome_is_written_with_what_was_made(house, deliver) -> None:
    until = timezone.now()
    house.outcome = Outcome("done", "answer-published", "reply", 31, until, {"held": True})

    row = deliver(mail())

    assert (row.made_type, row.made_id, row.undo_until) == ("reply", 31, until)
    assert row.detail["held"] is True


def test_nobody_handles_it_so_a_host_does(house, deliver, monkeypatch) -> None:
    monkeypatch.setattr("exchange.mail.inbound.mailboxes", {})

    row = deliver(mail())

    assert (row.state, row.outcome) == ("kept", "no-handler")


def mail_id(row: IncomingMail) -> str:
    return IncomingMail.objects.get(pk=row.pk).message_id
