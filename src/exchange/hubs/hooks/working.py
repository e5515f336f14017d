"""What a group's papers add to the house: letters, reminders, words that can be reported, blocks.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.core import reportable, slots
from exchange.hubs import showing
from exchange.hubs.working import (
    beside,
    bymail,
    files,
    meetings,
    reminding,
    sealing,
    telling,
    weekly,
)
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail import inbound, looking
from exchange.mail.tokens import What

reportable.register(sealing.PLACE, sealing.GroupWords())
looking.before_sending(telling.PURPOSE)(telling.still_goes)
inbound.on_token(What.PAPER_ANSWER)(bymail.answered)
inbound.on_token(What.PAPER_STOP)(bymail.stopped)
slots.register("space-inside", "hubs/working/_inside.html", order=30)
slots.register("space-hosts", "hubs/working/_hosts.html", order=30)
slots.register("space-face", "hubs/working/_face.html", order=40)
slots.register("space-queue", "hubs/working/_queue.html", order=30)
showing.register("space-inside", beside.inside)
showing.register("space-hosts", beside.hosts)
showing.register("space-face", beside.face)


@on(
    *("paper.written", "paper.changed", "paper.settled", "paper.held", "paper.change_held"),
    *("paper.moved", "paper.called_off"),
    consumer="hubs.tell_of_paper",
)
def tell_of_paper(event: Event) -> None:
    telling.tell(event)


@on("paper.taken_away", "paper.sealed", consumer="hubs.forget_paper")
def forget_paper(event: Event) -> None:
    telling.stop(event)
    files.empty(paper_id=event.subject_id)


@every(minutes=20, name="hubs.remind_of_meetings")
def remind_of_meetings(now: datetime) -> None:
    reminding.remind_of_meetings(moment=now)


@every(daily_at="05:10", name="hubs.remind_of_points")
def remind_of_points(now: datetime) -> None:
    reminding.remind_of_points(moment=now)
    reminding.remind_of_decisions(moment=now)


@every(daily_at="05:40", name="hubs.tell_week")
def tell_week(now: datetime) -> None:
    """On Mondays, to who wants to hear of a group in one letter."""
    if now.weekday() == 0:
        weekly.tell_week(moment=now)


@every(daily_at="04:40", name="hubs.sweep_files")
def sweep_files(now: datetime) -> None:
    """Nothing of a group's files is left over after a crash."""
    files.sweep()


@every(daily_at="03:40", name="hubs.follow_clocks")
def follow_clocks(now: datetime) -> None:
    meetings.follow_clocks(moment=now)
