"""Answering: who may, what waits, what counts, and who hears of it.
Read by pytest alone."""

import pytest

from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.errors import AlreadyDecided, Closed, NotAllowed
from exchange.contributions.models import Contribution, State
from exchange.conversation import actions, marks
from exchange.conversation.models import Follow, Mark, Reply
from exchange.members.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(amina: Member) -> Contribution:
    return spine.submit(kind="question", content=Content(title="How did you begin?"), author=amina)


def answered(question: Contribution, author: Member, **more: object) -> Reply:
    return actions.answer(
        contribution=question, author=author, body="With tea.", language="en", **more
    )


def test_an_answer_is_out_and_counted(question: Contribution, beatriz: Member) -> None:
    reply = answered(question, beatriz)

    question.refresh_from_db()
    assert reply.state == State.PUBLISHED
    assert (question.reply_count, question.first_reply_at) == (1, reply.published_at)


def test_a_newcomer_s_answer_waits_and_is_not_counted(question: Contribution, chen: Member) -> None:
    reply = answered(question, chen)

    question.refresh_from_db()
    assert reply.state == State.WAITING
    assert question.reply_count == 0
    assert reply not in Reply.objects.visible_to(None)
    assert reply in Reply.objects.visible_to(chen)


def test_a_host_lets_it_out_once(
    question: Contribution, chen: Member, beatriz: Member, desta: Member
) -> None:
    reply = answered(question, chen)

    actions.publish_reply(reply=reply, by=beatriz, version=1)

    with pytest.raises(AlreadyDecided):
        actions.hold_reply(reply=reply, by=desta, version=1, note="Wait.")
    question.refresh_from_db()
    assert question.reply_count == 1


def test_one_s_own_answer_is_not_the_first_answer(question: Contribution, amina: Member) -> None:
    answered(question, amina)

    question.refresh_from_db()
    assert (question.reply_count, question.first_reply_at) == (1, None)


def test_a_word_to_a_word_stands_under_the_answer(
    question: Contribution, amina: Member, beatriz: Member
) -> None:
    top = answered(question, beatriz)
    word = answered(question, amina, parent=top)

    deeper = answered(question, beatriz, parent=word)

    assert deeper.parent == top


def test_a_closed_question_takes_no_answers(
    question: Contribution, amina: Member, beatriz: Member
) -> None:
    closed = spine.close(contribution=question, by=amina)

    with pytest.raises(Closed):
        answered(closed, beatriz)


def test_the_same_form_sent_twice_is_one_answer(question: Contribution, beatriz: Member) -> None:
    first = answered(question, beatriz, once_key="one-form")

    assert answered(question, beatriz, once_key="one-form") == first


def test_withdrawing_an_answer_uncounts_it(question: Contribution, beatriz: Member) -> None:
    reply = answered(question, beatriz)

    actions.withdraw_reply(reply=reply, by=beatriz)

    question.refresh_from_db()
    assert question.reply_count == 0
    assert reply not in Reply.objects.visible_to(None)


def test_answers_of_a_withdrawn_question_are_gone_too(
    question: Contribution, amina: Member, beatriz: Member
) -> None:
    reply = answered(question, beatriz)

    spine.withdraw(contribution=question, by=amina)

    assert reply not in Reply.objects.visible_to(None)


class TestThisHelped:
    def test_counts_each_person_once(
        self, question: Contribution, amina: Member, beatriz: Member
    ) -> None:
        reply = answered(question, beatriz)

        marks.mark_helped(member=amina, contribution=question, reply=reply)
        marks.mark_helped(member=amina, contribution=question, reply=reply)

        reply.refresh_from_db()
        assert reply.helped_count == Mark.objects.count() == 1

    def test_can_be_taken_back(
        self, question: Contribution, amina: Member, beatriz: Member
    ) -> None:
        reply = answered(question, beatriz)
        marks.mark_helped(member=amina, contribution=question, reply=reply)

        marks.mark_helped(member=amina, contribution=question, reply=reply, on=False)

        reply.refresh_from_db()
        assert reply.helped_count == 0

    def test_is_not_for_one_s_own_words(self, question: Contribution, beatriz: Member) -> None:
        reply = answered(question, beatriz)

        with pytest.raises(NotAllowed):
            marks.mark_helped(member=beatriz, contribution=question, reply=reply)


class TestThisAnsweredMyQuestion:
    def test_is_said_by_the_asker(
        self, question: Contribution, amina: Member, beatriz: Member
    ) -> None:
        reply = answered(question, beatriz)

        marks.accept_answer(reply=reply, by=amina)

        question.refresh_from_db()
        assert question.answered_at is not None

    def test_and_by_nobody_else(self, question: Contribution, beatriz: Member) -> None:
        reply = answered(question, beatriz)

        with pytest.raises(NotAllowed):
            marks.accept_answer(reply=reply, by=beatriz)


class TestFollowing:
    def test_who_answers_follows(self, question: Contribution, beatriz: Member) -> None:
        answered(question, beatriz)

        follow = Follow.objects.get(member=beatriz)
        assert (follow.level, follow.why) == (Follow.Level.EACH, Follow.Why.ANSWERED)

    def test_a_choice_stands_against_later_defaults(
        self, question: Contribution, beatriz: Member
    ) -> None:
        marks.follow(member=beatriz, contribution=question, level="off")

        answered(question, beatriz)

        assert Follow.objects.get(member=beatriz).level == Follow.Level.OFF
