"""What people are told: followers, authors and hosts; once, in their language, and never of what
they may not read. Run by pytest alone."""

from datetime import timedelta

import pytest
import time_machine

from exchange.alerts import actions, withdrawing
from exchange.alerts.telling.actions import tell_follower
from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.models import Revision, State
from exchange.conversation import actions as talk
from exchange.conversation import marks
from exchange.conversation.models import Follow, Reply
from exchange.core.time import now
from exchange.desk.actions import decide_revision
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.mail.models import OutgoingMail
from tests import cast

pytestmark = pytest.mark.django_db


def answered(question, author, body="The youngest of us opens it.") -> Reply:
    return talk.answer(contribution=question, author=author, body=body, language="en")


def welcomed(name, **fields):
    return cast.person(name, welcomed_at=now(), **fields)


# --- followers ---


def test_who_asked_hears_of_an_answer_with_its_words_its_why_and_the_way_to_stop(
    question, amina, mails
):
    reply = answered(question, welcomed("Femi", role="Elder"))

    (mail,) = mails(amina)

    assert mail.subject == "A new answer for you"
    for words in (
        question.title,
        "Femi, Elder answered:",
        reply.body,
        f"http://testserver{reply.get_absolute_url()}",
        "You get the answers to this because you wrote it.",
        "To hear less, or nothing:\nhttp://testserver/mail/stop/",
    ):
        assert words in mail.text
    assert "The youngest of us opens it." in mail.html


def test_the_one_who_answered_is_not_told_of_their_own_words(question, amina, mails):
    femi = welcomed("Femi")
    answered(question, femi)

    assert len(mails(amina)) == 1
    assert mails(femi) == []


@pytest.mark.parametrize(("level", "count"), [("each", 1), ("digest", 0), ("off", 0)])
def test_a_follower_hears_as_much_as_they_chose(question, mails, level, count):
    gita = welcomed("Gita")
    marks.follow(member=gita, contribution=question, level=level)

    answered(question, welcomed("Femi"))

    assert len(mails(gita)) == count


def test_a_mail_is_written_in_the_language_the_reader_prefers(question, amina, mails):
    amina.languages = "sw en"
    amina.save(update_fields=["languages"])

    answered(question, welcomed("Femi"))

    (mail,) = mails(amina)
    assert mail.language == "sw"
    assert f"http://testserver/sw/questions/{question.pk}-" in mail.text


def test_nothing_is_told_of_an_answer_that_waits_until_it_is_out(
    question, amina, beatriz, chen, mails
):
    reply = answered(question, chen)
    assert mails(amina) == []

    talk.publish_reply(reply=reply, by=beatriz, version=1)

    assert len(mails(amina)) == 1


def test_what_was_withdrawn_in_between_is_not_told(question, amina, mails):
    told = answered(question, welcomed("Femi"))
    untold = answered(question, welcomed("Gita"), body="Nobody, we sit in a circle.")
    talk.withdraw_reply(reply=untold, by=untold.author)

    texts = [mail.text for mail in mails(amina)]

    assert [told.body in text for text in texts] == [True]


def test_who_left_or_stopped_in_between_is_not_told(question, amina, mails):
    femi, gita, hana = welcomed("Femi"), welcomed("Gita"), welcomed("Hana")
    for member in (gita, hana):
        marks.follow(member=member, contribution=question, level="each")
    reply = answered(question, femi)
    marks.follow(member=gita, contribution=question, level="off")
    hana.is_active = False
    hana.save(update_fields=["is_active"])

    for member in (amina, gita, hana):
        tell_follower(reply_id=reply.pk, member_id=member.pk)

    assert list(OutgoingMail.objects.values_list("to_address", flat=True)) == [amina.email]


def test_withdrawing_stops_the_mail_that_has_not_gone(question, amina, chen, beatriz):
    kept, gone = answered(question, welcomed("Femi")), answered(question, welcomed("Gita"))
    tell_follower(reply_id=kept.pk, member_id=amina.pk)
    with time_machine.travel(now() + timedelta(minutes=11)):
        tell_follower(reply_id=gone.pk, member_id=amina.pk)

    talk.withdraw_reply(reply=gone, by=beatriz)
    withdrawing.forget_reply(contribution_id=question.pk, reply_id=gone.pk, recall=False)
    states = dict(OutgoingMail.objects.values_list("key", "state"))
    assert states == {
        f"alert:contribution:{question.pk}:reply:{kept.pk}:{amina.pk}": "queued",
        f"alert:contribution:{question.pk}:reply:{gone.pk}:{amina.pk}": "dropped",
    }

    spine.withdraw(contribution=question, by=amina)
    withdrawing.forget_contribution(contribution_id=question.pk, recall=False)
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"dropped"}


def test_a_withdrawal_drops_by_itself_what_the_ledger_still_owes(question, amina, mails):
    answered(question, welcomed("Femi"))
    spine.withdraw(contribution=question, by=amina)

    assert mails(amina) == []
    assert Event.objects.filter(kind="contribution.withdrawn").exists()


def test_telling_again_writes_no_second_mail(question, amina, mails):
    reply = answered(question, welcomed("Femi"))
    first = mails(amina)

    tell_follower(reply_id=reply.pk, member_id=amina.pk)

    assert [mail.pk for mail in mails(amina)] == [mail.pk for mail in first]


# --- authors ---


def submitted(author, title="What brought your committee back?"):
    return spine.submit(kind="question", content=Content(title=title), author=author)


def test_the_author_hears_when_what_waited_is_out(chen, beatriz, mails):
    row = submitted(chen)
    assert mails(chen) == []

    spine.publish(contribution=row, by=beatriz, version=1, note="A good question.")

    (mail,) = mails(chen)
    assert mail.subject == "What you wrote is out"
    assert row.title in mail.text
    assert "A good question." in mail.text


def test_who_publishes_at_once_is_not_told_what_they_know(amina, question, mails):
    assert mails(amina) == []


def test_a_held_text_comes_with_the_hosts_note_and_the_way_to_rewrite(chen, beatriz, mails):
    row = submitted(chen)
    spine.ask_to_rewrite(
        contribution=row, by=beatriz, version=1, note="Please leave out\nthe village."
    )

    (mail,) = mails(chen)

    assert mail.subject == "A note about what you wrote"
    assert "> Please leave out\n> the village." in mail.text
    assert f"http://testserver/contributions/{row.pk}/words/" in mail.text
    assert "Nothing is lost" in mail.text


def test_a_note_that_was_overtaken_is_not_sent(chen, beatriz, mails):
    row = submitted(chen)
    spine.hold(contribution=row, by=beatriz, version=1, note="One moment.")
    spine.withdraw(contribution=row, by=chen)

    assert mails(chen) == []


def test_an_answer_that_waited_is_told_of_in_the_same_way(question, chen, beatriz, mails):
    held, out = answered(question, chen), answered(question, chen, body="We all do.")
    talk.hold_reply(reply=held, by=beatriz, version=1, note="One moment, please.")
    talk.publish_reply(reply=out, by=beatriz, version=1)

    subjects = {mail.subject: mail.text for mail in mails(chen)}

    assert set(subjects) == {"A note about what you wrote", "Your answer is out"}
    assert "> One moment, please." in subjects["A note about what you wrote"]
    assert f"/answers/{held.pk}/words/" in subjects["A note about what you wrote"]


def test_a_change_that_was_not_let_out_comes_with_its_note(question, amina, beatriz, mails):
    change = Revision.objects.create(
        contribution=question, number=2, title="Other", by=amina, state=State.WAITING
    )
    decide_revision(revision=change, what="hold", by=beatriz, note="Please keep the title.")

    (mail,) = mails(amina)

    assert "> Please keep the title." in mail.text
    assert "your text stands as it was" in mail.text


def test_people_of_the_demonstration_are_never_written_to(beatriz, mails):
    actor = cast.person("Actor", is_demo=True)
    spine.publish(contribution=submitted(actor), by=beatriz, version=1)

    assert mails(actor) == []


# --- hosts ---


def test_hosts_are_told_that_something_waits_and_nothing_of_what_it_is(chen, beatriz, desta, mails):
    row = submitted(chen)

    (mail,) = mails(desta)

    assert mail.subject == "One thing waits"
    assert "http://testserver" in mail.text
    assert "/desk/" in mail.text
    assert row.title not in mail.text
    assert [mail.language for mail in mails(beatriz)] == ["pt"]


def test_hosts_are_written_to_once_an_hour_at_most_and_miss_nothing(chen, desta, mails):
    with time_machine.travel(now(), tick=False) as clock:
        submitted(chen, "First")
        assert len(mails(desta)) == 1

        clock.shift(timedelta(minutes=20))
        submitted(chen, "Second")
        submitted(chen, "Third")
        assert len(mails(desta)) == 1

        clock.shift(timedelta(minutes=30))
        actions.tell_hosts(moment=now())
        assert len(mails(desta)) == 1

        clock.shift(timedelta(minutes=15))
        actions.tell_hosts(moment=now())
        assert [mail.subject for mail in mails(desta)] == ["One thing waits", "3 things wait"]

        clock.shift(timedelta(hours=5))
        actions.tell_hosts(moment=now())
        assert len(mails(desta)) == 2


def test_hosts_are_not_told_of_what_waits_no_more(chen, beatriz, mails):
    row = submitted(chen)
    spine.publish(contribution=row, by=beatriz, version=1)
    OutgoingMail.objects.all().delete()

    actions.tell_hosts(moment=now())

    assert mails(beatriz) == []


def test_a_follow_is_not_needed_to_be_told_about_ones_own_waiting_words(chen, beatriz, mails):
    row = submitted(chen)
    Follow.objects.all().delete()
    spine.publish(contribution=row, by=beatriz, version=1)

    assert len(mails(chen)) == 1
    assert worker.run_until_idle() == 0
