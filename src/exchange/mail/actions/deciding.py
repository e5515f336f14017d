"""What a host decides about a mail among the dead letters.
Called by `mail.hooks` alone."""

from exchange.mail.models import OutgoingMail

State = OutgoingMail.State


def reopen(*, mail_id: int) -> None:
    """A host lets a mail go again that failed, or of which nobody knows whether it went."""
    OutgoingMail.objects.filter(pk=mail_id, state__in=[State.UNSURE, State.FAILED]).update(
        state=State.QUEUED, last_error=""
    )


def drop(*, mail_id: int) -> None:
    """A host decides that this mail need not go."""
    OutgoingMail.objects.filter(
        pk=mail_id, state__in=[State.QUEUED, State.UNSURE, State.FAILED]
    ).update(state=State.DROPPED)
