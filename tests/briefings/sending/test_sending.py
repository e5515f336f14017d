"""An issue leaves once to each, in the edition that is theirs; and goes on where it ended.
Run by pytest alone."""

from datetime import timedelta

import pytest

from exchange.briefings.errors import NotNow
from exchange.briefings.models import Newsletter, Subscriber
from exchange.briefings.sending import actions, chain, queries
from exchange.contributions.actions import withdraw
from exchange.contributions.errors import NotAllowed
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.mail import marks
from exchange.mail.models import OutgoingMail
from tests.briefings.sending.conftest import (
    again,
    edition,
    newsletters,
    subscriber,
    tells_of,
)
from tests.briefings.subscribing.conftest import paths_in

pytestmark = pytest.mark.django_db


def test_each_gets_one_mail_in_the_edition_that_is_theirs(issue, beatriz, question):
    editions = [edition(issue, beatriz, "en"), edition(issue, beatriz, "sw")]
    editions.append(edition(issue, beatriz, "sw", "east-africa"))
    tells_of(editions[0], question)
    people = {
        "en": subscriber("en"),
        "sw": subscriber("sw", "sw"),
        "hub-sw": subscriber("hub-sw", "sw", "east-africa"),
        # The hub has no English edition, but one.
        "hub-en": subscriber("hub-en", "en", "east-africa"),
        # Nobody writes in Arabic: the first.
        "ar": subscriber("ar", "ar"),
    }
    for one in editions:
        assert actions.start(edition=one)
    worker.run_until_idle()

    got = {mail.to_address.partition("@")[0]: mail.subject for mail in newsletters()}
    assert got == {
        "en": "News in en",
        "sw": "News in sw",
        "hub-sw": "News in sw east-africa",
        "hub-en": "News in sw east-africa",
        "ar": "News in en",
    }
    assert len(newsletters()) == len(people)
    (mail,) = newsletters("en@example.net")
    assert question.title in mail.text
    assert (mail.state, mail.purpose, mail.person) == ("sent", "newsletter", None)
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "newsletter-sw" in newsletters("sw@example.net")[0].headers["List-Id"]
    assert len(mail.html.encode()) < 20_000
    # The key to the one click stands in the header alone.
    key = mail.headers["List-Unsubscribe"].partition("/stop/")[2].partition("/")[0]
    assert key not in mail.text + mail.html


def test_a_scanner_that_opens_every_link_of_a_newsletter_stops_nobody(client, issue, beatriz):
    row = edition(issue, beatriz)
    subscriber("one")
    actions.start(edition=row)
    worker.run_until_idle()
    (mail,) = newsletters()

    links = [path for path in paths_in(mail) if "/newsletters/" in path]
    assert sum("/stop/" in path for path in links) == 2
    for path in links:
        assert client.head(path).status_code == 200
        assert client.get(path).status_code == 200

    assert Subscriber.objects.get().state == "confirmed"


def test_it_is_published_when_it_begins_and_sent_when_the_last_has_gone(issue, beatriz):
    row = edition(issue, beatriz)
    subscriber("one")

    actions.start_due(at=now())
    assert again(row).phase == "sending"
    assert again(row).is_public
    worker.run_until_idle()
    actions.look_after(at=now())

    done = again(row)
    assert (done.phase, done.sent_at is not None) == ("sent", True)
    kinds = Event.objects.filter(subject_id=row.pk).values_list("kind", flat=True)
    assert {"newsletter.sending", "newsletter.sent", "contribution.published"} <= set(kinds)


def test_who_reads_another_language_waits_for_its_edition_while_that_is_built(issue, beatriz):
    english = edition(issue, beatriz, "en")
    swahili = edition(issue, beatriz, "sw", phase="draft")
    subscriber("sw", "sw")

    actions.start(edition=english)
    worker.run_until_idle()
    assert newsletters() == []

    Newsletter.objects.filter(pk=swahili.pk).update(phase="scheduled")
    actions.start(edition=again(swahili))
    worker.run_until_idle()
    assert [mail.subject for mail in newsletters()] == ["News in sw"]


def test_batches_go_on_where_the_last_transaction_ended(issue, beatriz, monkeypatch):
    monkeypatch.setattr(chain, "A_BATCH", 2)
    row = edition(issue, beatriz)
    for number in range(5):
        subscriber(f"reader{number}")
    actions.start(edition=row)
    event = Event.objects.get(kind=chain.KIND)

    first = chain.build(event)
    chain.keep(first, event)
    # Somebody else had the same batch in hand: nothing happens twice.
    chain.keep(first, event)
    assert len(newsletters()) == 2
    # One stops and one comes while it is on its way.
    Subscriber.objects.filter(address="reader4@example.net").update(state="stopped")
    subscriber("late")
    worker.run_until_idle()

    went = sorted(mail.to_address.partition("@")[0] for mail in newsletters())
    assert went == ["late", "reader0", "reader1", "reader2", "reader3"]
    assert again(row).upto == Subscriber.objects.latest("pk").pk


def test_who_stops_before_their_mail_left_gets_none(issue, beatriz):
    row = edition(issue, beatriz)
    one, other = subscriber("one"), subscriber("other")
    actions.start(edition=row)
    event = Event.objects.get(kind=chain.KIND)
    chain.keep(chain.build(event), event)

    Subscriber.objects.filter(pk=one.pk).update(state="stopped", address="")
    worker.run_until_idle()

    assert [(mail.state, mail.last_error) for mail in newsletters("one@example.net")] == [
        ("suppressed", "newsletter-stopped")
    ]
    assert newsletters(other.address)[0].state == "sent"


def test_a_schedule_of_the_past_is_not_kept_after_a_backup_or_a_long_night(issue, beatriz):
    subscriber("one")
    old = edition(issue, beatriz, send_at=now() - timedelta(days=2))
    actions.start_due(at=now())
    assert again(old).phase == "scheduled"

    Newsletter.objects.filter(pk=old.pk).update(send_at=now() - timedelta(minutes=1))
    marks.hold_back(until=now())
    actions.start_due(at=now())
    assert again(old).phase == "scheduled"

    Newsletter.objects.filter(pk=old.pk).update(send_at=now())
    actions.start_due(at=now())
    assert again(old).phase == "sending"


def test_after_a_backup_was_put_back_only_a_host_lets_it_go_on(issue, beatriz, chen):
    row = edition(issue, beatriz)
    subscriber("one")
    actions.start(edition=row)
    marks.hold_back(until=now())

    worker.run_until_idle()
    actions.look_after(at=now())
    assert newsletters() == []
    assert again(row).phase == "sending"
    with pytest.raises(NotAllowed):
        actions.go_on(edition=row, by=chen)

    assert actions.go_on(edition=row, by=beatriz)
    worker.run_until_idle()
    assert len(newsletters()) == 1


def test_what_was_lost_begins_again_by_the_clock(issue, beatriz):
    """Its delivery became a dead letter, and nobody looked at it."""
    row = edition(issue, beatriz)
    subscriber("one")
    Newsletter.objects.filter(pk=row.pk).update(phase="draft")
    assert not actions.go_on(edition=row)
    Newsletter.objects.filter(pk=row.pk).update(phase="scheduled")
    actions.start(edition=row)
    event = Event.objects.get(kind=chain.KIND)
    assert not actions.go_on(edition=row)
    event.delivery_set.update(state="dead", run_after=None)

    actions.look_after(at=now())
    worker.run_until_idle()
    assert len(newsletters()) == 1


def test_missed_are_those_whose_mail_failed_or_who_came_since(issue, beatriz, chen):
    row = edition(issue, beatriz)
    had, failed, unsure = subscriber("had"), subscriber("failed"), subscriber("unsure")
    with pytest.raises(NotNow):
        actions.send_missed(issue=issue, by=beatriz)
    actions.start(edition=row)
    worker.run_until_idle()
    mails = OutgoingMail.objects.filter(purpose="newsletter")
    mails.filter(to_address=failed.address).update(state="failed")
    mails.filter(to_address=unsure.address).update(state="unsure")
    actions.look_after(at=now())
    since = subscriber("since")

    with pytest.raises(NotAllowed):
        actions.send_missed(issue=issue, by=chen)
    assert actions.send_missed(issue=issue, by=beatriz) == 2
    worker.run_until_idle()

    def states(person):
        found = OutgoingMail.objects.filter(to_address=f"{person}@example.net").order_by("pk")
        return list(found.values_list("state", flat=True))

    assert states("had") == ["sent"]
    assert states("failed") == ["dropped", "sent"]
    assert states("since") == ["sent"]
    assert states("unsure") == ["unsure"]
    assert actions.send_missed(issue=issue, by=beatriz) == 0
    assert actions.send_missed(issue=issue, by=beatriz, unsure=True) == 1
    worker.run_until_idle()
    assert states("unsure") == ["dropped", "sent"]
    again_keys = mails.filter(key__contains=":again").values_list("key", flat=True)
    assert sorted(again_keys) == sorted(
        [f"newsletter:{issue.pk}:{failed.pk}:again1", f"newsletter:{issue.pk}:{unsure.pk}:again1"]
    )
    assert (had.pk, since.pk) == tuple(
        pk for pk, rows in sorted(queries.all_rows(issue).items()) if len(rows) == 1
    )


def test_who_has_not_had_their_turn_has_missed_nothing(issue, beatriz):
    row = edition(issue, beatriz)
    subscriber("one")
    actions.start(edition=row)

    assert actions.send_missed(issue=issue, by=beatriz) == 0
    worker.run_until_idle()
    assert [mail.key for mail in newsletters()] == [f"newsletter:{issue.pk}:{row_of('one').pk}"]


def row_of(name):
    return Subscriber.objects.get(address=f"{name}@example.net")


def test_a_test_goes_to_the_host_alone_and_says_so(issue, beatriz, amina):
    row = edition(issue, beatriz, phase="draft")
    subscriber("one")

    with pytest.raises(NotAllowed):
        actions.test_send(edition=row, to=amina)
    actions.test_send(edition=row, to=beatriz)
    worker.run_until_idle()

    (mail,) = OutgoingMail.objects.all()
    assert (mail.to_address, mail.subject) == (beatriz.email, "[Test] News in en")
    assert again(row).phase == "draft"


def test_what_a_gate_holds_is_not_sent(issue, beatriz, amina):
    row = edition(issue, beatriz)
    subscriber("one")
    withdraw(contribution=row, by=beatriz)

    assert not actions.start(edition=again(row))
    assert newsletters() == []
