"""Two at the same moment, in real threads: one of them is told, and nothing is done twice.
Run by pytest alone."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from exchange.contributions.errors import NotAllowed, SpineError
from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.webinars.after import opening, summing, tried
from exchange.webinars.dialogue import actions
from exchange.webinars.errors import WebinarError
from exchange.webinars.live.actions import tell
from exchange.webinars.models import Asked, LiveCount, LiveEvent, Phase, Summary, Webinar
from exchange.webinars.planning import actions as planning
from exchange.webinars.rules import Roles

pytestmark = pytest.mark.django_db(transaction=True)
HOST = Roles(is_host=True)


def _together(*works: Callable[[], Any]) -> list[str]:
    """Each in a thread of its own; "ok" or what it raised."""
    gate, told = threading.Barrier(len(works)), []

    def run(work: Callable[[], Any]) -> None:
        gate.wait()
        try:
            work()
            told.append("ok")
        except (WebinarError, SpineError, NotAllowed) as refusal:
            told.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(told)


def test_two_helpers_decide_and_one_is_told_that_it_is_done(live, seat, beatriz, amina):
    row = actions.ask(webinar=live, seat=seat, text="How do fathers begin?", language="en")

    told = _together(
        lambda: actions.show(asked=row, by=beatriz, roles=HOST),
        lambda: actions.decline(asked=row, by=beatriz, roles=HOST),
    )

    assert told == ["AlreadyDone", "ok"]
    shown = LiveEvent.objects.filter(webinar=live, kind="question").count()
    assert shown == (Asked.objects.get().state == "shown")


def test_numbers_of_events_have_no_gap_and_none_is_given_twice(live, beatriz):
    def word(number: int) -> Callable[[], None]:
        def say() -> None:
            with transaction.atomic():
                tell(webinar_id=live.pk, kind="word", payload={"text": str(number)})

        return say

    told = _together(*[word(number) for number in range(6)])

    assert told == ["ok"] * 6
    numbers = LiveEvent.objects.filter(webinar=live).order_by("seq").values_list("seq", flat=True)
    last = LiveCount.objects.get(webinar=live).seq
    assert list(numbers) == list(range(last - len(numbers) + 1, last + 1))


def test_two_hosts_let_one_summary_out_and_everybody_is_told_once(live, seat, beatriz):
    Webinar.objects.filter(pk=live.pk).update(phase=Phase.OVER, ended_at=now())
    hour = Webinar.objects.get(pk=live.pk)
    row = summing.begin(webinar=hour)
    row = summing.write(
        webinar=hour, text="It went well.", takeaways="", by=beatriz, version=row.version
    )

    def out() -> None:
        mine = Webinar.objects.get(pk=live.pk)
        summing.let_out(webinar=mine, by=beatriz, version=row.version)

    assert _together(out, out) == ["ok", "ok"]
    assert Summary.objects.get().state == "out"
    assert Event.objects.filter(kind="webinar.summed").count() == 1


def test_two_hosts_open_one_question_and_it_is_asked_once(live, seat, beatriz):
    Webinar.objects.filter(pk=live.pk).update(phase=Phase.OVER, ended_at=now())
    row = Asked.objects.create(webinar=live, seat=seat, text="Who begins?", state="shown")

    def opened() -> None:
        mine = Asked.objects.select_related("webinar", "member").get(pk=row.pk)
        opening.open_question(asked=mine, presenter=None, due_on=None, by=beatriz)

    assert _together(opened, opened) == ["AlreadyDone", "ok"]


def test_the_hour_ends_while_somebody_asks_and_nothing_is_half_done(live, seat, beatriz):
    told = _together(
        lambda: planning.end(webinar=live, by=beatriz, roles=HOST),
        lambda: actions.ask(webinar=live, seat=seat, text="How does one begin?", language="en"),
        lambda: actions.say(webinar=live, seat=seat, text="Good day to all", language="en"),
    )

    assert told.count("ok") >= 2
    assert Webinar.objects.get(pk=live.pk).phase == "over"
    assert Asked.objects.count() == 1


def test_a_host_lets_out_while_the_words_change_and_never_what_nobody_read(live, guest, beatriz):
    Webinar.objects.filter(pk=live.pk).update(phase=Phase.OVER, ended_at=now())
    row = tried.say(seat=guest, what="tried", words="We began with tea and elders.")

    _together(
        lambda: tried.let_out(tried=row, by=beatriz),
        lambda: tried.say(seat=guest, what="tried", words="Other words that nobody has read."),
    )

    row.refresh_from_db()
    assert not (row.is_out and row.words.startswith("Other"))
