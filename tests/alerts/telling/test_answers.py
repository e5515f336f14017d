"""Answers told at once, together, later or in the digest; and the last look before they go.
Run by pytest alone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from exchange.alerts import withdrawing
from exchange.alerts.models import Waiting, Wishes
from exchange.alerts.telling import actions, looking
from exchange.alerts.wishing.actions import pause, set_wishes, stop_all
from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.conversation import actions as talk
from exchange.conversation import marks
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail import tokens
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What
from tests import cast

pytestmark = pytest.mark.django_db
LONG = (
    "We begin with a song that the grandmothers choose, and everybody sits on the ground. Then one of"
    " the young people says what was decided the last time, and asks who has news from their part of"
    " the village. When somebody speaks for long, we thank them and go on. At the end we drink tea,"
    " say the day of the next meeting, and those who live near bring the mats back."
)
NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def femi(db):
    return cast.person("Femi", welcomed_at=now(), role="Elder")


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def answered(question, author, body="The youngest of us opens it.", **more) -> Reply:
    reply = talk.answer(
        contribution=question, author=author, body=body, **{"language": "en", **more}
    )
    worker.run_until_idle()
    return reply


def released(clock, **later) -> None:
    clock.shift(timedelta(**later))
    actions.release_due(moment=now())
    worker.run_until_idle()


# --- one answer ---


def test_a_letter_can_be_answered_stopped_and_shows_whose_words_it_carries(
    question, amina, femi, mails
):
    reply = answered(question, femi)

    (mail,) = mails(amina)

    assert (mail.person, mail.item, mail.shown_from) == (amina.pk, f"reply:{reply.pk}", "Femi")
    address = mail.headers["Reply-To"].strip("<>")
    token = tokens.read(address.partition("+")[2].partition("@")[0])
    assert (token.what, token.person, token.item) == (What.ANSWER_TO, amina.pk, reply.pk)
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.text.startswith("-=-=- You can answer above this line")
    assert "Answer this mail, and others read your words." in mail.text
    assert mail.send_before is not None


def test_a_closed_question_takes_no_answer_by_mail(question, amina, femi, mails):
    marks.follow(member=femi, contribution=question, level="each")
    reply = talk.answer(contribution=question, author=femi, body="We do.", language="en")
    type(question).objects.filter(pk=question.pk).update(closed_at=now())
    OutgoingMail.objects.all().delete()

    actions.tell_follower(reply_id=reply.pk, member_id=amina.pk)

    text = OutgoingMail.objects.get().text
    assert "You can answer above" not in text
    assert "Answer this mail" not in text


def test_words_in_another_language_stay_as_they_are_and_say_which_it_is(
    question, amina, femi, mails
):
    answered(question, femi, body="مرحبا بكم", language="ar")

    (mail,) = mails(amina)

    assert "Written in Arabic:\n\nمرحبا بكم" in mail.text
    assert '<div lang="ar" dir="rtl"><p>مرحبا بكم</p>' in mail.html


@pytest.mark.parametrize(
    ("content", "has", "has_not"),
    [
        ("full", ["Who opens your meetings?", "Femi", "bring the mats"], []),
        ("teaser", ["Who opens your meetings?", "Femi", "…", "Read on"], ["bring the mats"]),
        ("notice", ["There is a new answer for you."], ["opens", "Femi", "mats", "follow"]),
    ],
)
def test_as_much_stands_in_it_as_its_reader_wishes(
    question, amina, femi, mails, content, has, has_not
):
    set_wishes(member=amina, content=content)
    answered(question, femi, body=LONG)

    (mail,) = mails(amina)

    whole = mail.subject + mail.text + mail.html + mail.shown_from
    assert [words for words in has if words not in whole] == []
    assert [words for words in has_not if words in whole] == []


def test_a_neutral_subject_hides_the_name_of_the_writer_too(question, amina, femi, mails):
    amina.neutral_subjects = True
    amina.save(update_fields=["neutral_subjects"])
    answered(question, femi)

    (mail,) = mails(amina)

    assert (mail.subject, mail.shown_from) == ("A message for you", "")


def test_who_wishes_no_words_gets_none_in_a_hosts_note_either(chen, beatriz, mails):
    set_wishes(member=chen, content="notice")
    row = spine.submit(
        kind="question", content=Content(title="Zebrafinch", body="We take turns."), author=chen
    )
    spine.hold(contribution=row, by=beatriz, version=1, note="Please leave out the zebrafinch.")

    (mail,) = mails(chen)

    assert mail.subject == "A message for you"
    assert "http://testserver/me/" in mail.text
    assert "zebrafinch" not in (mail.text + mail.html).casefold()


# --- several ---


def test_answers_soon_after_the_first_go_together_in_one_mail(question, amina, femi, clock):
    replies = [answered(question, femi, body=f"Answer {n}.") for n in range(4)]
    assert OutgoingMail.objects.filter(to_address=amina.email).count() == 1

    released(clock, minutes=9)
    assert OutgoingMail.objects.filter(to_address=amina.email).count() == 1
    released(clock, minutes=2)

    mails = OutgoingMail.objects.filter(to_address=amina.email).exclude(text="")
    first, together = mails.order_by("pk")
    assert "Answer 0." in first.text
    assert [f"Answer {n}." in together.text for n in range(4)] == [False, True, True, True]
    assert together.subject == "New answers for you"
    assert together.item == f"contribution:{question.pk}"
    told = OutgoingMail.objects.filter(person=amina.pk, state="sent")
    assert {f"reply:{reply.pk}" for reply in replies} <= set(told.values_list("item", flat=True))
    assert not Waiting.objects.exists()
    for reply in replies:
        actions.tell_follower(reply_id=reply.pk, member_id=amina.pk)
    assert OutgoingMail.objects.filter(to_address=amina.email).exclude(text="").count() == 2


def test_who_answers_on_the_page_meanwhile_has_seen_them(question, amina, femi, clock):
    answered(question, femi)
    answered(question, femi, body="Second.")
    clock.shift(timedelta(minutes=1))
    answered(question, amina, body="Thank you all.")

    released(clock, minutes=11)

    assert OutgoingMail.objects.filter(to_address=amina.email).count() == 1


def test_what_is_withdrawn_while_it_waits_is_not_told(question, amina, femi, clock):
    answered(question, femi)
    gone, kept = answered(question, femi, body="Gone."), answered(question, femi, body="Kept.")
    talk.withdraw_reply(reply=gone, by=femi)

    released(clock, minutes=11)

    last = OutgoingMail.objects.filter(to_address=amina.email).latest("pk")
    assert ("Kept." in last.text, "Gone." in last.text) == (True, False)
    assert last.item == f"reply:{kept.pk}"


def test_one_of_several_taken_back_before_the_mail_goes_leaves_the_others(
    question, amina, femi, clock
):
    answered(question, femi)
    gone, kept = answered(question, femi, body="Gone."), answered(question, femi, body="Kept.")
    clock.shift(timedelta(minutes=11))
    actions.release_due(moment=now())
    together = OutgoingMail.objects.get(key__contains=":together:")
    assert together.state == "queued"
    talk.withdraw_reply(reply=gone, by=femi)
    withdrawing.forget_reply(contribution_id=question.pk, reply_id=gone.pk, recall=False)
    worker.run_until_idle()

    released(clock, minutes=1)

    together.refresh_from_db()
    assert (together.state, together.text) == ("dropped", "")
    last = OutgoingMail.objects.filter(to_address=amina.email).latest("pk")
    assert (last.state, last.item) == ("sent", f"reply:{kept.pk}")
    assert "Gone." not in "".join(OutgoingMail.objects.values_list("text", flat=True))


def test_one_of_several_taken_back_after_the_mail_went_is_recalled_and_forgotten(
    question, amina, femi, beatriz, clock
):
    answered(question, femi)
    gone = answered(question, femi, body="Gone.")
    answered(question, femi, body="Kept.")
    released(clock, minutes=11)

    talk.withdraw_reply(reply=gone, by=beatriz, note="Sorry.", recall=True)
    worker.run_until_idle()

    theirs = OutgoingMail.objects.filter(to_address=amina.email)
    assert [mail.subject for mail in theirs.filter(purpose="recall")] == [
        "Please delete a mail from us"
    ]
    assert not theirs.filter(text__contains="Gone.").exists()


# --- later, or in the digest ---


def test_in_quiet_hours_it_waits_for_their_end(question, amina, femi, clock):
    set_wishes(member=amina, quiet_from=11, quiet_until=14, timezone="Africa/Nairobi")
    reply = answered(question, femi)
    assert not OutgoingMail.objects.filter(to_address=amina.email).exists()
    assert Waiting.objects.get().due_at == NOON + timedelta(hours=2)

    released(clock, hours=2, minutes=1)

    assert OutgoingMail.objects.get(to_address=amina.email).item == f"reply:{reply.pk}"


def test_when_the_week_is_full_it_waits_for_a_digest_that_is_then_planned(
    question, amina, femi, clock
):
    set_wishes(member=amina, most_a_week=1)
    answered(question, femi)
    clock.shift(timedelta(hours=1))

    reply = answered(question, femi, body="Second.")

    waiting = Waiting.objects.get()
    assert (waiting.item, waiting.due_at) == (f"reply:{reply.pk}", None)
    assert Wishes.objects.get().next_digest_at is not None
    released(clock, days=1)
    assert OutgoingMail.objects.filter(person=amina.pk, purpose="alert").count() == 1


def test_mails_a_person_asked_for_do_not_fill_their_week(question, amina, femi, mails):
    set_wishes(member=amina, most_a_week=1)
    for number in range(3):
        OutgoingMail.objects.create(
            key=f"receipt:{number}",
            person=amina.pk,
            purpose="receipt",
            state="sent",
            message_id=f"<{number}@x>",
            created_at=now(),
        )

    answered(question, femi)

    assert [mail.purpose for mail in mails(amina)] == ["alert"]


def test_who_stopped_all_mail_hears_nothing_then_or_later(question, amina, femi, clock):
    stop_all(member=amina)
    answered(question, femi)

    released(clock, days=1)

    assert not OutgoingMail.objects.filter(to_address=amina.email).exists()
    assert not Waiting.objects.exists()


# --- the last look ---


@pytest.fixture
def queued(question, amina, femi):
    reply = talk.answer(contribution=question, author=femi, body="We do.", language="en")
    actions.tell_follower(reply_id=reply.pk, member_id=amina.pk)
    return OutgoingMail.objects.get(to_address=amina.email, item=f"reply:{reply.pk}")


def test_nothing_stands_against_a_letter_as_it_was_written(queued):
    assert looking.why_not(queued) == ""


def _stopped(reply, reader):
    stop_all(member=reader)


def _unfollowed(reply, reader):
    marks.follow(member=reader, contribution=reply.contribution, level="digest")


def _withdrawn(reply, reader):
    talk.withdraw_reply(reply=reply, by=reply.author)


def _left(reply, reader):
    type(reader).objects.filter(pk=reader.pk).update(is_active=False)


def _author_erased(reply, reader):
    type(reader).objects.filter(pk=reply.author_id).update(erased_at=now())


@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [
        (_stopped, "stopped"),
        (_unfollowed, "not-followed"),
        (_withdrawn, "not-public"),
        (_left, "member-left"),
        (_author_erased, "author-left"),
    ],
)
def test_what_happened_meanwhile_stops_it(queued, amina, meanwhile, code):
    meanwhile(Reply.objects.get(), amina)

    assert looking.why_not(queued) == code


def test_a_pause_puts_it_into_the_digest(queued, amina):
    pause(member=amina, until=now() + timedelta(days=3))

    assert looking.why_not(queued) == "paused"
    assert Waiting.objects.get().due_at is None


def test_words_changed_meanwhile_go_out_as_they_are_now(queued, amina, femi, clock):
    clock.shift(timedelta(minutes=1))
    reply = Reply.objects.get()
    OutgoingMail.objects.update(created_at=now() - timedelta(seconds=5))
    talk.revise_reply(reply=reply, body="We take turns.", by=femi, version=1)
    queued.refresh_from_db()

    assert looking.why_not(queued) == "changed"
    OutgoingMail.objects.update(state="suppressed")
    released(clock, minutes=2)

    last = OutgoingMail.objects.filter(to_address=amina.email).latest("pk")
    assert (last.state, "We take turns." in last.text) == ("sent", True)
