"""When a digest comes, and when there is none.
Run by pytest alone."""

from datetime import timedelta

import pytest
import time_machine

from exchange.alerts.digests import expecting
from exchange.alerts.digests.times import period_of
from exchange.alerts.models import Digest, Wishes
from exchange.core.time import now
from exchange.members.models import Member
from tests.alerts.digests.conftest import come_round, digests, said, watching, wishing

pytestmark = pytest.mark.django_db


def test_nothing_new_is_no_mail_and_the_next_moment_is_set(amina, digest_of):
    wishing(amina)
    watching(amina)

    assert digest_of(amina) is None

    assert not Digest.objects.exists()
    assert Wishes.objects.get().next_digest_at > now() + timedelta(hours=1)


def test_what_came_meanwhile_is_told_once_and_what_comes_later_next_time(amina, femi, digest_of):
    wishing(amina)
    watching(amina)
    first = said(femi, "The first")
    digest_of(amina)
    with time_machine.travel(now() + timedelta(days=3), tick=True):
        second = said(femi, "The second")
        come_round(24 * 7)

    one, two = digests(amina)
    assert first.title in one.text
    assert first.title not in two.text
    assert second.title in two.text


def test_the_same_period_is_never_told_twice(amina, femi, digest_of):
    wishes = wishing(amina)
    watching(amina)
    said(femi, "The first")
    digest_of(amina)
    said(femi, "The second")
    due = wishes.next_digest_at + timedelta(minutes=1)
    assert period_of(wishes, due) == Digest.objects.get().period
    Wishes.objects.update(next_digest_at=due)

    digest_of(amina)

    assert len(digests(amina)) == 1
    assert Wishes.objects.get().next_digest_at > due


def test_a_worker_three_days_late_sends_one_daily_digest(amina, femi):
    wishing(amina, rhythm="daily")
    watching(amina)
    said(femi, "Who opens your meetings?")

    come_round(24 * 3)

    assert len(digests(amina)) == 1
    next_at = Wishes.objects.get().next_digest_at
    assert now() + timedelta(days=3) < next_at < now() + timedelta(days=4, hours=2)


def test_no_digest_comes_in_quiet_hours(amina, femi):
    wishing(amina, quiet_from=0, quiet_until=23)
    watching(amina)
    said(femi, "Who opens your meetings?")
    with time_machine.travel(now().replace(hour=12, minute=0) + timedelta(days=1), tick=True):
        come_round(0)
        assert digests(amina) == []
        assert Wishes.objects.get().next_digest_at == now().replace(
            hour=23, minute=0, second=0, microsecond=0
        )
        come_round(11.5)

    assert len(digests(amina)) == 1


@pytest.mark.parametrize("why", ["paused", "stopped", "away", "erased", "demo"])
def test_who_wants_or_may_get_none_gets_none(amina, femi, digest_of, why):
    wishing(amina)
    watching(amina)
    said(femi, "Who opens your meetings?")
    if why == "paused":
        Wishes.objects.update(paused_until=now() + timedelta(days=20))
    elif why == "stopped":
        Wishes.objects.update(stopped_at=now())
    else:
        change = {
            "away": {"is_active": False},
            "erased": {"erased_at": now()},
            "demo": {"is_demo": True},
        }
        Member.objects.filter(pk=amina.pk).update(**change[why])

    assert digest_of(amina) is None

    if why == "paused":
        assert Wishes.objects.get().next_digest_at > now() + timedelta(days=20)


def test_whom_nobody_gave_a_moment_is_found(amina):
    watching(amina)
    watching(person_without := Member.objects.create_user("gone@example.org", is_active=False))

    expecting.set_missing(now=now())

    assert Wishes.objects.get(member=amina).next_digest_at > now()
    assert not Wishes.objects.filter(member=person_without).exists()
