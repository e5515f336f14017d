"""Two hosts press their buttons at the same moment: one decides, the other is told.
Run by pytest alone, with real commits."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from exchange.contributions.errors import AlreadyDecided
from exchange.contributions.models import Contribution, Decision
from exchange.conversation.models import Reply, ReplyDecision
from exchange.desk import actions
from exchange.members.models import Member

pytestmark = pytest.mark.django_db(transaction=True)


def both_at_once(decide, row, hosts: list[Member]) -> list[str]:
    """What each host came away with."""
    start = Barrier(len(hosts))

    def one(host: Member) -> str:
        try:
            fresh = type(row).objects.get(pk=row.pk)
            start.wait(10)
            decide(fresh, host)
        except AlreadyDecided as late:
            return f"late after {late.by_name}"
        finally:
            connection.close()
        return "decided"

    with ThreadPoolExecutor(len(hosts)) as pool:
        return sorted(pool.map(one, hosts))


def test_of_two_simultaneous_decisions_about_a_contribution_one_counts(waiting, beatriz, desta):
    def publish(row: Contribution, host: Member) -> None:
        actions.decide_contribution(contribution=row, what="publish", by=host, version=1, note="")

    outcome = both_at_once(publish, waiting, [beatriz, desta])

    winner = Decision.objects.get()
    assert outcome == ["decided", f"late after {winner.by_name}"]


def test_of_two_simultaneous_decisions_about_an_answer_one_counts(waiting_reply, beatriz, desta):
    def hold(row: Reply, host: Member) -> None:
        what = "hold" if host == desta else "publish"
        actions.decide_reply(reply=row, what=what, by=host, version=1, note="One moment.")

    outcome = both_at_once(hold, waiting_reply, [beatriz, desta])

    winner = ReplyDecision.objects.get()
    assert outcome == ["decided", f"late after {winner.by_name}"]
