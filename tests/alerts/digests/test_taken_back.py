"""What is taken back leaves digests too: those that wait, those on their way, those that went.
Run by pytest alone."""

from datetime import timedelta

import pytest
from django.db import transaction

from exchange.alerts.digests import building, chain, rewriting
from exchange.alerts.models import Digest
from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution
from exchange.conversation.actions import answer, withdraw_reply
from exchange.core import freshness
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.ledger.registry import Later
from exchange.mail.actions import send
from exchange.mail.models import OutgoingMail
from exchange.mail.queries import words_held
from exchange.members.models import Member
from tests.alerts.digests.conftest import digests, said, watching, wishing
from tests.alerts.digests.test_building import following

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(amina):
    """Amina's digest is due now."""
    wishing(amina, next_digest_at=now())
    watching(amina)
    return amina


def a_moment_later():
    """Once what was just published counts as settled."""
    return now() + timedelta(minutes=2)


def built():
    """Written and queued, and not sent."""
    batch = building.build(now=a_moment_later())
    with transaction.atomic():
        building.keep(batch)
    return batch


def states(member):
    return [mail.state for mail in digests(member)]


def test_withdrawn_before_it_went_it_is_written_anew_without_it(due, femi, beatriz):
    gone, stays = said(femi, "Zebrafinch evenings"), said(femi, "What stays")
    built()

    withdraw(contribution=gone, by=beatriz)
    worker.run_until_idle()

    assert states(due) == ["dropped", "sent"]
    assert stays.title in digests(due)[1].text
    assert words_held(containing="Zebrafinch") == ""
    assert [entry[2] for entry in Digest.objects.get().items] == [f"contribution:{stays.pk}"]


def test_when_nothing_is_left_nothing_is_sent(due, femi, beatriz):
    gone = said(femi, "Zebrafinch evenings")
    built()

    withdraw(contribution=gone, by=beatriz)
    worker.run_until_idle()

    assert states(due) == ["dropped"]
    assert Digest.objects.get().mail_id is None


def test_withdrawn_after_it_went_no_word_stays_here_and_they_are_asked_to_delete_it(
    due, femi, beatriz
):
    gone = said(femi, "Zebrafinch evenings")
    built()
    worker.run_until_idle()
    assert "Zebrafinch" in words_held(containing="Zebrafinch")

    withdraw(contribution=gone, by=beatriz, recall=True)
    worker.run_until_idle()

    assert states(due) == ["sent"]
    assert words_held(containing="Zebrafinch") == ""
    recalls = OutgoingMail.objects.filter(purpose="recall", to_address=due.email)
    assert recalls.count() == 1


def test_an_answer_taken_back_leaves_the_digest_and_the_question_does_too(due, femi, beatriz):
    row = said(due, "How do you end a meeting?")
    following(due, row)
    reply = answer(contribution=row, author=femi, body="With zebrafinch songs.", language="en")
    kept = answer(contribution=row, author=beatriz, body="With a word of thanks.", language="en")
    built()

    withdraw_reply(reply=reply, by=beatriz)
    worker.run_until_idle()

    assert Digest.objects.get().items == [["answers", f"at:{row.pk}", f"reply:{kept.pk}"]]
    assert words_held(containing="zebrafinch") == ""

    withdraw(contribution=row, by=beatriz)
    worker.run_until_idle()
    assert words_held(containing="word of thanks") == ""


def test_the_last_look_finds_what_nobody_told_it(due, femi):
    """The listener was slow: the row says so, and no event was handled yet."""
    gone, stays = said(femi, "Zebrafinch evenings"), said(femi, "What stays")
    built()
    Contribution.objects.filter(pk=gone.pk).update(state="withdrawn")
    freshness.bump()

    (mail,) = digests(due)
    assert send(mail_id=mail.pk) is None

    first, second = digests(due)
    assert (first.state, first.last_error, first.text) == ("suppressed", "written-anew", "")
    assert stays.title in second.text
    assert gone.title not in second.text
    worker.run_until_idle()
    assert states(due) == ["suppressed", "sent"]


def test_who_died_while_writing_anew_leaves_one_mail(due, femi):
    gone = said(femi, "Zebrafinch evenings")
    said(femi, "What stays")
    built()
    (mail,) = digests(due)
    Contribution.objects.filter(pk=gone.pk).update(state="withdrawn")
    freshness.bump()
    # It was written anew, and the worker died before the old one was marked.
    rewriting.why_not(mail)

    worker.run_until_idle()

    assert states(due) == ["suppressed", "sent"]


def test_a_text_taken_back_while_letters_were_written_stops_the_batch(due, femi):
    gone = said(femi, "Zebrafinch evenings")
    batch = building.build(now=a_moment_later())
    Contribution.objects.filter(pk=gone.pk).update(state="withdrawn")

    with pytest.raises(Later), transaction.atomic():
        building.keep(batch)

    assert digests(due) == []


def test_two_workers_with_the_same_people_write_one_digest(due, femi):
    said(femi, "Who opens your meetings?")
    first = building.build(now=a_moment_later())
    second = building.build(now=a_moment_later())

    with transaction.atomic():
        assert building.keep(first) == 1
    with transaction.atomic():
        assert building.keep(second) == 0

    assert len(digests(due)) == 1
    assert Digest.objects.count() == 1


def test_the_clock_begins_no_second_chain(due, femi):
    with transaction.atomic():
        chain.begin(now=now())
        chain.begin(now=now())

    assert Event.objects.filter(kind="digest.due").count() == 1


def test_one_digest_that_breaks_keeps_nobody_waiting(due, femi, beatriz, monkeypatch):
    wishing(beatriz, next_digest_at=now())
    watching(beatriz)
    said(femi, "Who opens your meetings?")
    broken = building.letter

    def letter(order, press):
        if order.member.pk == due.pk:
            raise RuntimeError
        return broken(order, press)

    monkeypatch.setattr(building, "letter", letter)

    built()

    assert len(digests(beatriz)) == 1
    assert digests(due) == []
    due.wishes.refresh_from_db()
    assert due.wishes.next_digest_at > now()


def test_an_address_no_mail_can_have_keeps_nobody_waiting(due, femi, beatriz):
    wishing(beatriz, next_digest_at=now())
    watching(beatriz)
    said(femi, "Who opens your meetings?")
    Member.objects.filter(pk=due.pk).update(email="nobody at all")

    built()

    assert len(digests(beatriz)) == 1
    assert digests(due) == []


def test_stopped_between_the_queue_and_the_line_it_does_not_go(due, femi):
    said(femi, "Who opens your meetings?")
    built()
    due.wishes.stopped_at = now()
    due.wishes.save()

    worker.run_until_idle()

    (mail,) = digests(due)
    assert (mail.state, mail.last_error) == ("suppressed", "not-wanted")
