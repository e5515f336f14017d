"""What follows from a stop, and who handles mail to stop+…@ and answers that say undo.
Loaded by hooks/__init__.py."""

from exchange.alerts import queries
from exchange.alerts.stopping import actions, telling
from exchange.alerts.wishing.beside import wished
from exchange.ledger.models import Event
from exchange.ledger.registry import on
from exchange.mail import wishes
from exchange.mail.inbound import on_token
from exchange.mail.tokens import PAGES, What

on_token(*PAGES)(telling.stop_by_mail)
on_token(What.UNSTOP)(telling.put_back_by_mail)
wishes.register(wished)


@on(actions.KIND, consumer="alerts.tell_stopped")
def tell_stopped(event: Event) -> None:
    """The owner, once for each thing and day."""
    telling.tell(event)


@on("address.unwanted", consumer="alerts.stop_unwanted")
def stop_unwanted(event: Event) -> None:
    """A complaint is a stop of everything."""
    member = queries.reachable_member(int(event.detail.get("person") or 0))
    if member is not None:
        actions.stop_for_complaint(member=member)
