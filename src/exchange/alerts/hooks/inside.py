"""What is new inside hubs and groups, told to those inside; what waits there, to its hosts.
Loaded by `hooks/__init__.py`. Public listeners are deaf to these entries."""

from datetime import datetime

from exchange.alerts.inside import actions
from exchange.alerts.inside.queries import ids_inside, item_of
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.ledger.actions import owe
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on, to
from exchange.mail.looking import before_sending

before_sending(actions.PURPOSE)(actions.why_not)


@on("contribution.let_inside", "reply.let_inside", consumer="alerts.find_inside")
def find_inside(event: Event) -> None:
    """A delivery for each who belongs there."""
    space_id = _space_of(event)
    if space_id is not None:
        numbers = [str(pk) for pk in ids_inside(space_id)]
        owe(event, consumer="alerts.tell_inside", recipients=numbers)


@to(consumer="alerts.tell_inside")
def tell_inside(event: Event, recipient: str) -> None:
    actions.tell(item=item_of(event.subject_type, event.subject_id), member_id=int(recipient))


@on("contribution.share_asked", consumer="alerts.ask_to_share")
def ask_to_share(event: Event) -> None:
    actions.ask_author(contribution_id=event.subject_id, asker_id=event.actor_id)


@every(minutes=1, name="alerts.release_inside", outside=True)
def release_inside(moment: datetime) -> None:
    """What waited for the end of quiet hours, or for the day of somebody's digest."""
    actions.release_due(moment=moment)


@on("contribution.submitted", "reply.submitted", consumer="alerts.tell_hosts_inside")
def tell_hosts_inside(event: Event) -> None:
    space_id = _space_of(event)
    if space_id is not None:
        actions.tell_its_hosts(space_id=space_id, moment=event.at)


def _space_of(event: Event) -> int | None:
    if event.subject_type == "reply":
        answers = Reply.objects.filter(pk=event.subject_id)
        return answers.values_list("contribution__space_id", flat=True).first()
    shared = Contribution.objects.filter(pk=event.subject_id)
    return shared.values_list("space_id", flat=True).first()
