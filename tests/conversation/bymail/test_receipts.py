"""Answering a receipt: undo, correct, restore, at once and later, and from where it may not be.
Read by pytest alone."""

from datetime import timedelta

import pytest
import time_machine

from exchange.contributions.models import Contribution, State
from exchange.conversation.models import Reply
from exchange.conversation.sealing import seal_reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.receiving import keeping
from exchange.members.models import Member
from tests.bymail import DISOWNED, Post

WORDS = "We drank tea with the grandmothers first, and listened for a month."
BETTER = "We drank coffee with the grandmothers first, and listened for a month."


@pytest.fixture
def reply(told: Post, question: Contribution) -> Reply:
    told.answer(WORDS)
    return Reply.objects.get()


def test_undo_takes_it_back_everywhere_at_once(told: Post, reply: Reply) -> None:
    incoming = told.answer("Undo")

    reply.refresh_from_db()
    assert reply.state == State.WITHDRAWN
    assert incoming.outcome == "undone"
    assert told.newest().subject == "It is withdrawn everywhere"
    assert WORDS not in told.newest().text


def test_what_was_taken_back_stands_in_no_mail_of_ours(told: Post, reply: Reply) -> None:
    told.answer("Undo")

    assert not OutgoingMail.objects.filter(text__contains="grandmothers").exists()
    assert not IncomingMail.objects.filter(words__contains="grandmothers").exists()
    assert keeping.raw_of(IncomingMail.objects.first().arrival) is None


def test_what_is_sealed_stands_in_no_mail_of_ours(told: Post, reply: Reply) -> None:
    seal_reply(reply=reply)
    worker.run_until_idle()

    assert not OutgoingMail.objects.filter(text__contains="grandmothers").exists()
    assert not IncomingMail.objects.filter(words__contains="grandmothers").exists()
    told.answer("Undo", quoting=False)
    reply.refresh_from_db()
    assert reply.sealed_at is not None


def test_corrected_words_take_their_place_and_a_new_receipt_says_so(
    told: Post, reply: Reply
) -> None:
    incoming = told.answer(BETTER)

    reply.refresh_from_db()
    assert (reply.body, reply.version, reply.state) == (BETTER, 2, State.PUBLISHED)
    assert incoming.outcome == "answer-change-published"
    assert told.newest().subject == "Your change is out"
    assert f"> {BETTER}" in told.newest().text


def test_the_receipt_of_a_correction_can_be_undone_too(told: Post, reply: Reply) -> None:
    told.answer(BETTER)

    told.answer("UNDO")

    reply.refresh_from_db()
    assert reply.state == State.WITHDRAWN


def test_a_thank_you_never_replaces_what_somebody_wrote(told: Post, reply: Reply) -> None:
    incoming = told.answer("Thank you so much!")

    reply.refresh_from_db()
    assert reply.body == WORDS
    assert incoming.outcome == "change-asked"
    assert told.newest().subject == "Shall we do this?"


def test_later_it_asks_first_and_a_yes_does_it(told: Post, reply: Reply) -> None:
    with time_machine.travel(now() + timedelta(hours=2), tick=True):
        told.answer("Undo")
        reply.refresh_from_db()
        assert reply.state == State.PUBLISHED

        told.answer("Yes")

    reply.refresh_from_db()
    assert reply.state == State.WITHDRAWN


def test_a_late_correction_asks_first_too(told: Post, reply: Reply) -> None:
    with time_machine.travel(now() + timedelta(hours=2), tick=True):
        told.answer(BETTER)
        reply.refresh_from_db()
        assert reply.body == WORDS

        told.answer("yes")

    reply.refresh_from_db()
    assert reply.body == BETTER


def test_a_correction_that_could_point_to_a_child_is_shown_first(told: Post, reply: Reply) -> None:
    risky = f"{WORDS} Amani Wanjiru, aged 7, from Kibera told her aunt on Monday."

    told.answer(risky)

    reply.refresh_from_db()
    assert reply.body == WORDS
    assert "nothing has been sent yet" in told.newest().text
    told.answer("Send")
    reply.refresh_from_db()
    assert (reply.body, reply.state) == (risky, State.WAITING)


def test_somebody_else_changes_nothing_with_a_forwarded_receipt(
    told: Post, reply: Reply, beatriz: Member
) -> None:
    receipt = told.newest()

    Post.of(beatriz).answer("Undo", letter=receipt)
    Post("who@work.example").answer("Undo", letter=receipt)

    reply.refresh_from_db()
    assert reply.state == State.PUBLISHED
    assert told.newest().subject == "Was this you?"
    told.answer("Yes")
    reply.refresh_from_db()
    assert reply.state == State.WITHDRAWN


def test_a_disowned_mail_changes_nothing(told: Post, reply: Reply) -> None:
    told.answer("Undo", headers=DISOWNED)

    reply.refresh_from_db()
    assert reply.state == State.PUBLISHED


def test_undo_is_understood_in_the_member_s_own_language(told: Post, reply: Reply) -> None:
    told.answer("Tengua")

    reply.refresh_from_db()
    assert reply.state == State.WITHDRAWN


def test_an_undo_that_answers_the_wrong_letter_takes_back_what_was_just_sent(
    told: Post, reply: Reply
) -> None:
    told.answer("Undo", letter=told.letters()[0])

    reply.refresh_from_db()
    assert reply.state == State.WITHDRAWN
    assert Reply.objects.count() == 1


def test_a_correction_s_detail_leads_to_the_same_answer_however_often(
    told: Post, reply: Reply
) -> None:
    told.answer(BETTER)
    told.answer(BETTER.replace("month", "year"))
    told.answer("Restore")

    reply.refresh_from_db()
    assert reply.body == BETTER.replace("month", "year")
    assert Reply.objects.count() == 1


def test_put_together_again_it_may_have_to_be_looked_at_and_send_means_all_of_it(
    told: Post, question: Contribution
) -> None:
    told.signature = "Femi Ojo\nCall me: 0722 123456"
    told.answer(WORDS)
    told.signature = ""

    told.answer("Restore")
    assert "phone number" in told.newest().text
    told.answer("Send")

    body = Reply.objects.get().body
    assert WORDS in body
    assert "0722 123456" in body


def test_a_yes_to_words_that_must_be_looked_at_is_not_taken_for_them(
    told: Post, question: Contribution
) -> None:
    risky = "Amani Wanjiru, aged 7, from Kibera told her aunt on Monday."
    told.answer(risky, headers=DISOWNED)

    told.answer("Yes")
    assert not Reply.objects.exists()
    told.answer("Send")

    assert Reply.objects.get().body == risky
