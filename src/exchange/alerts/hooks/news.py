"""What is new from others, told at once to those who wish it so.
Loaded by `hooks/__init__.py`. Very many recipients are found page by page, one delivery each, so
that no transaction is long and one address in trouble keeps nobody waiting."""

from datetime import datetime

from exchange.alerts import queries
from exchange.alerts.models import Level
from exchange.alerts.telling import actions, looking
from exchange.alerts.telling.rules import STALE
from exchange.alerts.watching.queries import watcher_ids
from exchange.alerts.wishing.actions import expect_digest
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.ledger.actions import owe
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on, to
from exchange.mail.looking import before_sending, before_sending_some
from exchange.members.models import Member

PAGE = 1000

before_sending("alert")(looking.why_not)
before_sending("digest")(looking.why_no_search)
before_sending_some(looking.no_newsletters)


@on("reply.published", consumer="alerts.find_followers")
def find_followers(event: Event) -> None:
    find_more_followers(event, "0")


@to(consumer="alerts.find_more_followers")
def find_more_followers(event: Event, after: str) -> None:
    """Those whose number is above this one, the first thousand of them."""
    reply = queries.published_reply(event.subject_id)
    if reply is not None:
        ids = queries.follower_ids(reply, after=int(after), limit=PAGE)
        _owe_each(event, ids, tells="alerts.tell_follower", more="alerts.find_more_followers")


@to(consumer="alerts.tell_follower")
def tell_follower(event: Event, recipient: str) -> None:
    actions.tell_follower(reply_id=event.subject_id, member_id=int(recipient))


@on("contribution.published", consumer="alerts.find_watchers")
def find_watchers(event: Event) -> None:
    find_more_watchers(event, "0")


@to(consumer="alerts.find_more_watchers")
def find_more_watchers(event: Event, after: str) -> None:
    """As for followers. What was let out long ago, and comes back, is not new."""
    row = Contribution.objects.listed().filter(pk=event.subject_id).first()
    if row is not None and row.published_at and row.published_at > now() - STALE:
        ids = watcher_ids(row, level=Level.EACH, after=int(after), limit=PAGE)
        _owe_each(event, ids, tells="alerts.tell_watcher", more="alerts.find_more_watchers")


@to(consumer="alerts.tell_watcher")
def tell_watcher(event: Event, recipient: str) -> None:
    actions.tell_watcher(contribution_id=event.subject_id, member_id=int(recipient))


@every(minutes=1, name="alerts.release", outside=True)
def release(moment: datetime) -> None:
    """What waited for the end of quiet hours, or to go together with others."""
    actions.release_due(moment=moment)


@on("follow.changed", "search.kept", consumer="alerts.expect_digest")
def plan_digest(event: Event) -> None:
    """Somebody chose to hear of something in their digest."""
    member = Member.objects.active().filter(pk=event.actor_id or 0).first()
    if member is not None:
        expect_digest(member=member)


def _owe_each(event: Event, ids: list[int], *, tells: str, more: str) -> None:
    owe(event, consumer=tells, recipients=[str(pk) for pk in ids])
    if len(ids) == PAGE:
        owe(event, consumer=more, recipients=[str(ids[-1])])
