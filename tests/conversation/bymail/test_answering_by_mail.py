"""Answering by mail, through the spool and the worker: what is published, kept and told.
Read by pytest alone."""

from datetime import timedelta

from exchange.contributions import actions as spine
from exchange.contributions.models import Contribution, Draft, State
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.receiving.actions import handle, vouch
from exchange.members.models import Member
from tests.bymail import DISOWNED, Post
from tests.conversation.bymail.conftest import bring

WORDS = "We drank tea with the grandmothers first, and listened for a month."
RISKY = "Amani Wanjiru, aged 7, from Kibera told her aunt what happened on Monday."


def test_an_answer_by_mail_is_out_and_its_writer_gets_a_receipt(
    told: Post, question: Contribution
) -> None:
    incoming = told.answer(WORDS)

    reply = Reply.objects.get()
    assert (reply.body, reply.state, reply.via) == (WORDS, State.PUBLISHED, "mail")
    assert (incoming.state, incoming.outcome) == ("done", "answer-published")
    assert (incoming.made_type, incoming.made_id) == ("reply", reply.pk)
    receipt = told.newest()
    assert receipt.subject == "Your answer is out"
    assert f"> {WORDS}" in receipt.text
    assert reply.get_absolute_url() in receipt.text
    assert "UNDO" in receipt.text
    assert "left out" not in receipt.text


def test_a_mail_handled_twice_is_one_answer_and_one_receipt(
    told: Post, question: Contribution
) -> None:
    incoming = told.answer(WORDS)
    letters = len(told.letters())

    IncomingMail.objects.filter(pk=incoming.pk).update(state="new")
    settle = handle(incoming_id=incoming.pk)
    assert settle is not None
    settle()

    assert Reply.objects.count() == 1
    assert len(told.letters()) == letters


def test_the_same_words_sent_twice_by_a_phone_on_a_poor_line_are_one_answer(
    told: Post, question: Contribution
) -> None:
    letter = told.newest()

    told.answer(WORDS, letter=letter)
    told.answer(WORDS, letter=letter)

    assert Reply.objects.count() == 1
    assert [one.subject for one in told.letters()[1:]] == ["Your answer is out"] * 2


def test_a_word_to_an_answer_stands_under_it(
    question: Contribution, femi: Member, beatriz: Member
) -> None:
    top = answer(contribution=question, author=beatriz, body="With tea.", language="en")
    bring(question, femi, reply=top.pk)

    Post.of(femi).answer("How much tea?")

    assert Reply.objects.get(author=femi).parent == top


def test_the_language_is_that_of_the_letters(told: Post, question: Contribution) -> None:
    told.answer("بدأنا مع الجدات وشربنا الشاي معهن.")

    assert Reply.objects.get().language == "ar"


def test_a_newcomer_s_answer_waits_for_a_host(question: Contribution, chen: Member) -> None:
    bring(question, chen)

    incoming = Post.of(chen).answer(WORDS)

    assert Reply.objects.get().state == State.WAITING
    assert incoming.outcome == "answer-waiting"
    assert "A host reads it first" in Post.of(chen).newest().text


def test_what_could_point_to_a_child_is_shown_to_its_writer_first(
    told: Post, question: Contribution, femi: Member
) -> None:
    incoming = told.answer(RISKY)

    assert not Reply.objects.exists()
    assert incoming.outcome == "answer-noticed"
    letter = told.newest()
    assert "nothing has been sent yet" in letter.text
    assert "name of a child" in letter.text
    assert "Safer:" in letter.text
    assert RISKY in Draft.objects.get(member=femi).answers["body"][0]


def test_answered_with_send_it_waits_for_a_host(told: Post, question: Contribution) -> None:
    told.answer(RISKY)

    incoming = told.answer("Send")
    told.answer("send")

    reply = Reply.objects.get()
    assert (reply.body, reply.state) == (RISKY, State.WAITING)
    assert incoming.outcome == "answer-waiting"
    assert not Draft.objects.exists()


def test_answered_with_changed_words_these_go_out(told: Post, question: Contribution) -> None:
    told.answer(RISKY)

    told.answer("A girl of about seven told a relative what happened.")

    reply = Reply.objects.get()
    assert reply.body == "A girl of about seven told a relative what happened."
    assert reply.state == State.PUBLISHED


def test_a_closed_question_says_so_and_the_words_are_kept(
    told: Post, question: Contribution, amina: Member, femi: Member
) -> None:
    spine.close(contribution=question, by=amina)

    incoming = told.answer(WORDS)

    assert (incoming.state, incoming.outcome) == ("refused", "answer-closed")
    assert "No more answers are taken here" in told.newest().text
    assert WORDS in told.newest().text
    assert Draft.objects.get(member=femi).answers["body"] == [WORDS]


def test_who_is_paused_hears_until_when(told: Post, question: Contribution, femi: Member) -> None:
    Member.objects.filter(pk=femi.pk).update(paused_until=now() + timedelta(days=3))

    told.answer(WORDS)

    assert not Reply.objects.exists()
    assert "paused until" in told.newest().text


def test_an_answer_to_what_is_withdrawn_goes_nowhere_and_is_given_back(
    told: Post, question: Contribution, amina: Member
) -> None:
    spine.withdraw(contribution=question, by=amina)

    incoming = told.answer(WORDS, quoting=False)

    assert not Reply.objects.exists()
    assert incoming.outcome == "answer-not-allowed"
    assert WORDS in told.newest().text


def test_disowned_by_its_domain_it_asks_the_owner_and_a_yes_publishes(
    told: Post, question: Contribution
) -> None:
    incoming = told.answer(WORDS, headers=DISOWNED)

    assert not Reply.objects.exists()
    assert incoming.outcome == "not-sure-who"
    assert told.newest().subject == "Was this you?"

    told.answer("Yes")

    assert Reply.objects.get().body == WORDS
    incoming.refresh_from_db()
    assert incoming.outcome == "answer-published"


def test_from_an_unknown_address_the_owner_is_asked_and_the_unknown_hears_one_line(
    told: Post, question: Contribution
) -> None:
    elsewhere = Post("femi.o@work.example")
    letter = told.newest()

    elsewhere.answer(WORDS, letter=letter)
    elsewhere.answer("And one thing more, which I forgot.", letter=letter)

    assert not Reply.objects.exists()
    assert [one.subject for one in told.letters()[1:]] == ["Was this you?"] * 2
    assert "femi.o@work.example" in told.letters()[1].text
    assert len(elsewhere.letters()) == 1
    assert question.title not in elsewhere.newest().text

    told.answer("Yes, that was me", letter=told.letters()[1])

    assert Reply.objects.get().body == WORDS


def test_a_no_leaves_it_with_the_hosts(told: Post, question: Contribution) -> None:
    incoming = Post("stranger@work.example").answer(WORDS, letter=told.newest())

    told.answer("No")

    incoming.refresh_from_db()
    assert not Reply.objects.exists()
    assert (incoming.state, incoming.outcome) == ("kept", "answer-of-denied")


def test_nobody_is_asked_more_than_three_times_a_day(told: Post, question: Contribution) -> None:
    letter = told.newest()
    for number in range(5):
        Post(f"s{number}@work.example").answer(f"{WORDS} {number}", letter=letter)

    asked = [one for one in told.letters() if one.subject == "Was this you?"]
    assert len(asked) == 3
    assert not Reply.objects.exists()


def test_another_member_is_told_kindly_that_it_was_for_somebody_else(
    told: Post, question: Contribution, beatriz: Member
) -> None:
    post = Post.of(beatriz)

    incoming = post.answer(WORDS, letter=told.newest())

    assert not Reply.objects.exists()
    assert incoming.outcome == "answer-of-another"
    assert "outro membro" in post.newest().text
    assert question.get_absolute_url() in post.newest().text


def test_an_answer_of_quotes_alone_offers_to_restore_them(
    told: Post, question: Contribution
) -> None:
    incoming = told.answer("> What we did: tea, every week.")

    if incoming.outcome == "answer-published":
        return  # read as the person's own: nothing was lost either
    assert incoming.outcome == "answer-empty"
    told.answer("restore")
    assert "What we did: tea, every week." in Reply.objects.get().body


def test_a_signature_is_left_out_and_can_be_put_back(told: Post, question: Contribution) -> None:
    told.signature = "Femi Ojo\nFamily support, Jinja\nTuesdays only"

    told.answer(WORDS)

    reply = Reply.objects.get()
    assert reply.body == WORDS
    assert "left out 3 lines" in told.newest().text

    told.signature = ""
    told.answer("Restore")

    reply.refresh_from_db()
    assert "Tuesdays only" in reply.body
    assert "reply+" not in reply.body


def test_subjects_are_neutral_for_who_wishes_it(
    told: Post, question: Contribution, femi: Member
) -> None:
    Member.objects.filter(pk=femi.pk).update(neutral_subjects=True)

    told.answer(WORDS)

    assert told.newest().subject == "A message for you"


def test_the_answer_reaches_who_asked(told: Post, question: Contribution, amina: Member) -> None:
    told.answer(WORDS)

    assert OutgoingMail.objects.filter(to_address=amina.email, text__contains=WORDS).exists()


def test_a_host_who_knows_the_other_address_may_vouch_for_it(
    told: Post, question: Contribution, femi: Member, beatriz: Member
) -> None:
    incoming = Post("femi.o@work.example").answer(WORDS, letter=told.newest())

    vouch(incoming=incoming, address=femi.email, by=beatriz.pk)
    worker.run_until_idle()

    reply = Reply.objects.get()
    assert (reply.author, reply.body) == (femi, WORDS)
    assert told.newest().subject == "Your answer is out"
    told.answer("Yes", letter=told.letters()[1])
    assert Reply.objects.count() == 1
