"""How somebody wants mail: kept, refused, paused, stopped, begun again; and time zones.
Run by pytest alone."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from exchange.alerts.models import Waiting, Wishes
from exchange.alerts.watching.actions import watch
from exchange.alerts.wishing import actions
from exchange.alerts.wishing.queries import wishes_of
from exchange.alerts.wishing.rules import BadWish
from exchange.conversation import marks
from exchange.core import zones
from exchange.core.time import now
from exchange.ledger import worker
from tests import cast

pytestmark = pytest.mark.django_db


def test_who_said_nothing_gets_the_whole_text_and_no_quiet_hours(amina):
    wishes = wishes_of(amina)

    assert (wishes.content, wishes.rhythm, wishes.timezone) == ("full", "weekly", "Africa/Nairobi")
    assert (wishes.quiet_from, wishes.quiet_until) == (None, None)
    assert not Wishes.objects.exists()


def test_what_is_not_named_stays_as_it_was(amina):
    actions.set_wishes(member=amina, rhythm="monthly", most_a_week=3)
    actions.set_wishes(member=amina, content="notice")

    kept = Wishes.objects.get()
    assert (kept.rhythm, kept.most_a_week, kept.content) == ("monthly", 3, "notice")


@pytest.mark.parametrize(
    "wished",
    [
        *({"rhythm": "hourly"}, {"content": "x"}, {"weekday": 7}, {"hour": 24}, {"hour": -1}),
        *({"timezone": "Mars/Phobos"}, {"most_a_week": -1}, {"quiet_from": 24}, {"hour": None}),
        {"stopped_at": None},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(amina, wished):
    with pytest.raises(BadWish):
        actions.set_wishes(member=amina, **wished)

    assert not Wishes.objects.exists()


@pytest.mark.parametrize("days", [-1, 400])
def test_a_pause_lies_ahead_and_ends(amina, days):
    with pytest.raises(BadWish):
        actions.pause(member=amina, until=now() + timedelta(days=days))


def test_a_pause_moves_the_digest_behind_it(amina):
    watch(member=amina, kind="country", value="KE")

    kept = actions.pause(member=amina, until=now() + timedelta(days=20))

    assert kept.next_digest_at > kept.paused_until


def test_stopping_forgets_what_waits_and_starting_plans_anew(amina):
    watch(member=amina, kind="country", value="KE")
    Waiting.objects.create(member=amina, item="reply:1")

    stopped = actions.stop_all(member=amina)
    assert stopped.next_digest_at is None
    assert not Waiting.objects.exists()
    actions.expect_digest(member=amina)
    assert Wishes.objects.get().next_digest_at is None

    again = actions.start_again(member=amina)
    assert again.stopped_at is None
    assert again.next_digest_at > now()
    assert again.last_digest_at is not None


def test_another_rhythm_plans_the_next_digest_anew(amina):
    watch(member=amina, kind="country", value="KE")
    before = Wishes.objects.get().next_digest_at

    after = actions.set_wishes(member=amina, rhythm="daily", hour=(before.hour + 5) % 24)

    assert after.next_digest_at != before
    assert after.next_digest_at <= now() + timedelta(days=1, hours=1)


def test_following_something_by_digest_plans_one(question):
    gita = cast.person("Gita")
    marks.follow(member=gita, contribution=question, level="digest")

    worker.run_until_idle()

    assert Wishes.objects.get(member=gita).next_digest_at > now()


# --- time zones ---


@pytest.mark.parametrize(
    ("country", "zone"),
    [("KE", "Africa/Nairobi"), ("", "UTC"), ("XX", "UTC"), ("fr", "Europe/Paris")],
)
def test_a_country_has_its_clock(country, zone):
    assert zones.guess(country) == zone


def test_every_country_has_one_that_is_known():
    from exchange.taxonomy import vocabulary

    for word in vocabulary.terms("country"):
        assert zones.is_known(zones.guess(word.slug))


def test_the_choice_begins_with_ones_own_country_and_is_short():
    told = zones.choices("CD", also="Asia/Kolkata")

    assert {zone for zone, _name in told[:2]} == {"Africa/Kinshasa", "Africa/Lubumbashi"}
    assert len(told) < 50
    assert len({zone for zone, _name in told}) == len(told)
    with override("ar"):
        assert zones.called("Africa/Nairobi") == "نيروبي (UTC+03:00)"
