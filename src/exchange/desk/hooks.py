"""Plugs the desk into the house: the ways to it, and what follows when an author asks again.
Loaded by `apps.py`."""

from datetime import datetime

from exchange.alerts.deciding import tell_other_hosts
from exchange.core import slots
from exchange.desk import appeals, claims, mailtrouble
from exchange.desk.figures import actions as figures
from exchange.desk.models import Appeal
from exchange.desk.queries import spaces
from exchange.hubs import showing
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on

slots.register("me-lists", "desk/way.html", order=10)
slots.register("contribution-actions", "desk/ask_again.html", order=80)
slots.register("reply-actions", "desk/ask_again_reply.html", order=80)
slots.register("contribution-actions", "desk/as_message.html", order=85)
slots.register("reply-actions", "desk/as_message_reply.html", order=85)
slots.register("person-actions", "desk/to_person.html", order=80)
slots.register("space-hosts", "desk/spaces/_way.html", order=10)
showing.register("space-hosts", spaces.waiting)
slots.register("desk-ways", "desk/writing/_way.html", order=30)
slots.register("desk-ways", "desk/mail/_way.html", order=60)
slots.register("desk-ways", "desk/figures/_way.html", order=70)


@on("appeal.asked", consumer="desk.tell_other_hosts")
def tell_hosts(event: Event) -> None:
    rows = Appeal.objects.select_related("contribution", "reply")
    appeal = rows.filter(pk=event.subject_id, outcome=Appeal.Outcome.OPEN).first()
    if appeal is not None:
        tell_other_hosts(host_ids=appeals.hosts_to_tell(appeal), appeal_id=appeal.pk)


@every(hours=1, name="desk.forget_claims")
def forget_claims(now: datetime) -> None:
    claims.forget_lapsed()


@on("mail.refused_by_policy", consumer="desk.tell_of_mail_trouble")
def tell_of_mail_trouble(event: Event) -> None:
    mailtrouble.tell_hosts(bounce_id=event.subject_id)


@every(minutes=5, name="desk.count_months", outside=True)
def count_months(now: datetime) -> None:
    figures.count_months()
