"""What this room keeps about a person, and how it leaves: that they work somewhere goes with them,
the organisation's page stays. Registered by hooks.py; called through members.dossier."""

from exchange.members import dossier
from exchange.members.models import Member
from exchange.organisations.models import Belonging, Organisation


@dossier.register("organisations")
class Worked:
    """With which organisations somebody says they work, and which they proposed."""

    def export(self, member: Member) -> dict[str, object]:
        told = ("organisation__name", "role", "words", "asked_at", "decided_at", "since")
        proposed = Organisation.objects.filter(proposed_by=member)
        return {
            "belongings": list(
                Belonging.objects.filter(member=member).order_by("id").values(*told)
            ),
            "proposed": list(proposed.order_by("id").values("name", "about", "proposed_at")),
        }

    def erase(self, member: Member) -> None:
        Belonging.objects.filter(member=member).delete()
        Belonging.objects.filter(decided_by=member).update(decided_by=None)
        Organisation.objects.filter(proposed_by=member).update(proposed_by=None)
        Organisation.objects.filter(checked_by=member).update(checked_by=None)
