"""What follows from an invitation: the letter, its answer, one reminder, forgetting.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.hubs.inviting import actions, bymail, telling
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail import inbound, looking
from exchange.mail.tokens import What
from exchange.members.models import Member

looking.before_sending(telling.PURPOSE)(telling.still_goes)
inbound.on_token(What.SPACE_INVITE)(bymail.answered)
inbound.on_token(What.INVITE_STOP)(bymail.stopped)


@on("invitation.sent", consumer="hubs.send_invitation")
def send_invitation(event: Event) -> None:
    telling.tell(event)


@on("member.joined", consumer="hubs.link_invited")
def link_invited(event: Event) -> None:
    """Who said yes before they were a member comes in now."""
    member = Member.objects.active().filter(pk=event.subject_id).first()
    if member is not None:
        actions.link_joined(member=member)


@every(hours=6, name="hubs.remind_invited", outside=True)
def remind_invited(now: datetime) -> None:
    telling.remind_due(at=now)


@every(daily_at="03:35", name="hubs.forget_invited", outside=True)
def forget_invited(now: datetime) -> None:
    actions.forget_unanswered(at=now)
