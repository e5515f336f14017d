"""What this room adds to the house: what hosts publish is told elsewhere.
Loaded by apps.py when the program starts."""

from datetime import datetime

from exchange.announcing.fediverse import actions, sending
from exchange.announcing.models import Telling
from exchange.announcing.publications import actions as publications
from exchange.announcing.publications.actions import is_kind_of_hosts, keep_up
from exchange.announcing.webhooks import actions as channels
from exchange.announcing.webhooks import rules, telling
from exchange.core import slots
from exchange.ledger.actions import owe
from exchange.ledger.models import Event
from exchange.ledger.registry import Settle, every, on, to

slots.register("desk-ways", "announcing/_way.html", order=75)
slots.register("page-head", "announcing/_head.html")
slots.register("briefs-ways", "announcing/_follow.html", order=60)
slots.register("newsletters-ways", "announcing/_follow.html", order=60)


@on(
    "contribution.published",
    "contribution.revised",
    "contribution.unsealed",
    "contribution.withdrawn",
    "contribution.sealed",
    "contribution.held",
    consumer="announcing.keep_up",
)
def keep_up_with(event: Event) -> None:
    # Of ten thousand records brought in at once, none is looked up here.
    if is_kind_of_hosts(event.detail.get("kind", "")):
        keep_up(contribution_id=event.subject_id, has_changed=event.kind == "contribution.revised")


@on("contribution.left_out", consumer="announcing.say_anew")
def say_anew(event: Event) -> None:
    """Words that had to leave how it begins stand in what was told of it: that is taken back."""
    if event.detail.get("begins") and is_kind_of_hosts(event.detail.get("kind", "")):
        publications.say_anew(contribution_id=event.subject_id)


@on("announcement.made", "announcement.gone", consumer="announcing.find_channels")
def find_channels(event: Event) -> None:
    found = channels.those_to_tell(announcement_id=event.subject_id, what=_what(event))
    owe(event, consumer="announcing.tell_channel", recipients=found)


@to(
    consumer="announcing.tell_channel",
    outside=True,
    bulk=True,
    max_attempts=rules.MOST_TRIES,
)
def tell_channel(event: Event, recipient: str) -> None:
    channels.tell(announcement_id=event.subject_id, channel_id=int(recipient), what=_what(event))


@on("channel.rests", consumer="announcing.tell_hosts")
def tell_hosts(event: Event) -> None:
    telling.tell_hosts(channel_id=event.subject_id, event_id=event.pk)


@on(sending.MADE, sending.CHANGED, sending.GONE, consumer="announcing.find_inboxes")
def find_inboxes(event: Event) -> None:
    found = sending.inboxes(kind=event.kind, announcement_id=event.subject_id)
    owe(event, consumer="announcing.to_inbox", recipients=found)


@to(consumer="announcing.to_inbox", outside=True, bulk=True, max_attempts=sending.MOST_TRIES)
def to_inbox(event: Event, recipient: str) -> Settle | None:
    return sending.deliver(
        kind=event.kind,
        announcement_id=event.subject_id,
        inbox_id=int(recipient),
        since=event.at,
    )


@on(
    "follower.came",
    consumer="announcing.accept_follower",
    outside=True,
    bulk=True,
    max_attempts=sending.MOST_TRIES,
)
def accept_follower(event: Event) -> None:
    sending.accept(follower_id=event.subject_id, event_id=event.pk, since=event.at)


@every(name="announcing.look_after", hours=1)
def look_after(now: datetime) -> None:
    actions.look_after(moment=now)


def _what(event: Event) -> str:
    return Telling.What.NEW if event.kind == sending.MADE else Telling.What.GONE
