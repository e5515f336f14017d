"""How soon people hear: the one figure everybody may see.
Run by pytest alone."""

from datetime import timedelta

import pytest

from exchange.contributions.models import Contribution, State
from exchange.contributions.queries import Answered, answered_within
from exchange.core.time import now

pytestmark = pytest.mark.django_db


def asked(days_ago: float, answered_after: float | None = None, **more: object) -> None:
    at = now() - timedelta(days=days_ago)
    reply = None if answered_after is None else at + timedelta(days=answered_after)
    given = {"state": State.PUBLISHED, "published_at": at, "first_reply_at": reply, **more}
    Contribution.objects.create(kind="question", title="Who opens your meetings?", **given)


def test_questions_count_once_they_are_old_enough():
    asked(10, answered_after=1)
    asked(20, answered_after=2.9)
    asked(30, answered_after=4)
    asked(40)
    asked(1, answered_after=0.1)
    asked(200, answered_after=0.1)
    asked(10, answered_after=1, state=State.WITHDRAWN)
    asked(10, answered_after=1, origin="starter")

    found = answered_within(days=3)

    assert found == Answered(asked=4, answered=2, days=3)
    assert found.percent == 50


def test_nearly_all_is_not_all_and_of_none_there_is_no_share():
    assert Answered(asked=1000, answered=999, days=3).percent == 99
    assert answered_within(days=3).percent is None
