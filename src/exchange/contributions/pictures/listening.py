"""What follows for pictures when the words they stand with are let out or withdrawn.
Called by the room's hooks."""

from exchange.contributions.models import Contribution, Picture
from exchange.contributions.pictures import actions
from exchange.contributions.rules import is_hosting
from exchange.ledger.models import Event
from exchange.members.models import Member


def take_away(event: Event) -> None:
    """Every file is gone with the words; of a contribution, those of its answers too."""
    rows = Picture.objects.filter(contribution_id=_contribution(event))
    if event.subject_type == "reply":
        rows = rows.filter(reply_number=event.subject_id)
    actions.take_away_with(rows.order_by("id"), event.actor_id)


def let_out(event: Event) -> None:
    """The host who let the words out saw the pictures beside them."""
    row = Contribution.objects.filter(pk=_contribution(event)).first()
    host = Member.objects.active().filter(pk=event.actor_id).first()
    about = _contribution(event)
    if host is not None and row is not None and is_hosting(host, row):
        number = event.subject_id if event.subject_type == "reply" else None
        actions.let_out_beside(about, number, host)


def _contribution(event: Event) -> int:
    return (
        event.subject_id if event.subject_type == "contribution" else event.detail["contribution"]
    )
