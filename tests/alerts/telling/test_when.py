"""When something new is told: at once, later, in the digest, never. No database."""

from datetime import UTC, datetime, timedelta

import pytest

from exchange.alerts.models import Wishes
from exchange.alerts.telling.rules import IN_DIGEST, NEVER, NOW, When, when

# Nine in the evening in Nairobi.
MOMENT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def wishes(**more) -> Wishes:
    return Wishes(**{"timezone": "Africa/Nairobi", "quiet_from": None, "quiet_until": None, **more})


def decided(this_week=0, last=None, **wished) -> When:
    return when(wishes(**wished), moment=MOMENT, this_week=this_week, last_about_it=last)


def test_usually_at_once():
    assert decided() == NOW


def test_at_the_end_of_quiet_hours_in_the_members_own_time():
    assert decided(quiet_from=21, quiet_until=6) == When(at=datetime(2026, 11, 21, 3, tzinfo=UTC))
    assert decided(quiet_from=22, quiet_until=6) == NOW


@pytest.mark.parametrize(("sent", "then"), [(9, NOW), (10, IN_DIGEST), (11, IN_DIGEST)])
def test_in_the_digest_when_the_week_is_full(sent, then):
    assert decided(this_week=sent, most_a_week=10) == then


def test_in_the_digest_while_mail_is_paused():
    assert decided(paused_until=MOMENT + timedelta(days=1)) == IN_DIGEST
    assert decided(paused_until=MOMENT - timedelta(days=1)) == NOW


def test_never_when_all_mail_is_stopped():
    assert decided(stopped_at=MOMENT, paused_until=MOMENT + timedelta(days=1)) == NEVER


def test_ten_minutes_after_the_last_mail_about_the_same():
    last = MOMENT - timedelta(minutes=4)

    assert decided(last=last) == When(at=MOMENT + timedelta(minutes=6))
    assert decided(last=MOMENT - timedelta(minutes=10)) == NOW


def test_what_waits_for_others_waits_for_the_end_of_quiet_hours_too():
    last = MOMENT - timedelta(minutes=4)

    late = decided(last=last, quiet_from=21, quiet_until=6)

    assert late == When(at=datetime(2026, 11, 21, 3, tzinfo=UTC))
