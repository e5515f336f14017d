"""What this room keeps about a person, and how it leaves: places in spaces go with the person, what
they did for a space stays, unnamed. Registered by hooks.py; called through members.dossier."""

from exchange.hubs.models import Membership, Space
from exchange.members import dossier
from exchange.members.models import Member


@dossier.register("hubs")
class Belonged:
    """Where somebody belongs, asked, or was invited."""

    def export(self, member: Member) -> dict[str, object]:
        told = ("space__name", "role", "state", "level", "words", "asked_at", "since")
        return {
            "memberships": list(
                Membership.objects.filter(member=member).order_by("id").values(*told)
            )
        }

    def erase(self, member: Member) -> None:
        Membership.objects.filter(member=member).delete()
        Membership.objects.filter(by=member).update(by=None)
        Space.objects.filter(opened_by=member).update(opened_by=None)
