"""What this room keeps about a person: what they follow, how they want mail, what they were told.
Registered by hooks.py; called through members.dossier."""

from exchange.alerts.models import Device, Digest, Number, Waiting, Watch, Wishes
from exchange.mail.actions import forget_person
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.members.models import Member

_WISHED = (
    *("content", "rhythm", "weekday", "hour", "timezone", "quiet_from", "quiet_until"),
    *("most_a_week", "paused_until", "stopped_at"),
)


@dossier.register("alerts")
class Told:
    """Watches, wishes, digests, and the ways other than mail."""

    def export(self, member: Member) -> dict[str, object]:
        of_theirs = Wishes.objects.filter(member=member)
        watches = Watch.objects.filter(member=member)
        sent = OutgoingMail.objects.filter(person=member.pk).order_by("pk")
        return {
            "watches": list(watches.values("kind", "value", "label", "level", "at")),
            "wishes": list(of_theirs.values(*_WISHED)),
            "digests": list(Digest.objects.filter(member=member).values("period", "items")),
            "waiting": list(Waiting.objects.filter(member=member).values("item", "at")),
            "devices": list(Device.objects.filter(member=member).values("at", "last_at")),
            "numbers": list(Number.objects.filter(member=member).values("gateway", "address")),
            "sent": list(sent.values("created_at", "channel", "purpose", "item", "state")),
        }

    def erase(self, member: Member) -> None:
        for model in (Watch, Wishes, Digest, Waiting, Device, Number):
            model.objects.filter(member=member).delete()
        # Others who follow them follow nobody any more.
        Watch.objects.filter(kind=Watch.Kind.PERSON, value=str(member.pk)).delete()
        forget_person(person=member.pk)
