"""What follows for addresses: the last look before sending, the answer to a probe, the clock.
Loaded by `mail.hooks`."""

from collections.abc import Sequence
from datetime import datetime

from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail.bounces import actions, queries
from exchange.mail.bounces.reading import classify
from exchange.mail.inbound import Arrived, Outcome, on_token
from exchange.mail.looking import before_sending_some
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.tokens import What


@before_sending_some
def not_to_the_dead(mails: Sequence[OutgoingMail]) -> dict[int, str]:
    """Nothing unasked goes to an address that does not work, or where our mail is unwanted."""
    by_mail = [mail for mail in mails if mail.channel == "mail"]
    stopped = queries.stopped({mail.to_address for mail in by_mail})
    return {
        mail.pk: stopped[mail.to_address]
        for mail in by_mail
        if mail.to_address in stopped and queries.is_unasked(mail.purpose)
    }


@on("mail.refused", consumer="mail.count_refusal")
def count_refusal(event: Event) -> None:
    """The server refused the address at once: that counts as if the mail had come back. Without a
    status nobody can tell whether it is about the address or about us."""
    status = str(event.detail.get("status", ""))
    kind = classify(status, "") if status else "unclear"
    mail = OutgoingMail.objects.filter(pk=event.subject_id).first()
    actions.came_back(mail=mail, kind=kind or "unclear", status=status, read_by="smtp")


@on_token(What.REVIVE)
def works_again(arrived: Arrived) -> Outcome:
    """Somebody answers the probe: whoever could, has it."""
    if arrived.token:
        actions.revive_standing(pk=arrived.token.item)
    return Outcome(IncomingMail.State.DONE, "address-works")


@every(name="mail.look_after_addresses", daily_at="04:10", outside=True)
def look_after_addresses(now: datetime) -> None:
    """Probes that arrived, and mails that went well."""
    actions.judge_probes(at=now)
    actions.heal(at=now)
