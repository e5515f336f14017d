"""What this room keeps about a person: what they follow, how they want mail, what they were told.
Registered by hooks.py; called through members.dossier."""

from exchange.alerts.models import Device, Digest, Number, Waiting, Watch, Wishes
from exchange.members import dossier
from exchange.members.models import Member


@dossier.register("alerts")
class Told:
    """Watches, wishes, digests, and the ways other than mail."""

    def export(self, member: Member) -> dict[str, object]:
        of_theirs = Wishes.objects.filter(member=member)
        return {
            "watches": list(Watch.objects.filter(member=member).values("kind", "value", "level")),
            "wishes": list(of_theirs.values("content", "rhythm", "weekday", "hour", "timezone")),
            "digests": list(Digest.objects.filter(member=member).values("period", "items")),
            "waiting": list(Waiting.objects.filter(member=member).values("item", "at")),
            "devices": list(Device.objects.filter(member=member).values("at", "last_at")),
            "numbers": list(Number.objects.filter(member=member).values("gateway", "address")),
        }

    def erase(self, member: Member) -> None:
        for model in (Watch, Wishes, Digest, Waiting, Device, Number):
            model.objects.filter(member=member).delete()
