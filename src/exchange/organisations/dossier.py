"""What this room keeps about a person, and how it leaves: that they work somewhere goes with them,
the organisation's page stays. Registered by hooks.py; called through members.dossier."""

from exchange.core.time import now
from exchange.members import dossier
from exchange.members.models import Member
from exchange.organisations.models import Belonging, Change, Organisation


@dossier.register("organisations")
class Worked:
    """With which organisations somebody says they work, and which they proposed."""

    def export(self, member: Member) -> dict[str, object]:
        told = ("organisation__name", "role", "words", "note", "asked_at", "decided_at", "since")
        proposed = Organisation.objects.filter(proposed_by=member)
        return {
            "belongings": list(
                Belonging.objects.filter(member=member).order_by("id").values(*told)
            ),
            "changed": list(
                Change.objects.filter(by=member)
                .order_by("id")
                .values("organisation__name", "at", "before", "after", "state", "note")
            ),
            "proposed": list(proposed.order_by("id").values("name", "about", "proposed_at")),
        }

    def erase(self, member: Member) -> None:
        Belonging.objects.filter(member=member).delete()
        # What stands there stays; what nobody let stand goes.
        Change.objects.filter(by=member).exclude(state=Change.State.STANDS).delete()
        Change.objects.filter(by=member).update(by=None)
        Organisation.objects.filter(proposed_by=member, checked_at=None).update(gone_at=now())
        Belonging.objects.filter(decided_by=member).update(decided_by=None)
        Organisation.objects.filter(proposed_by=member).update(proposed_by=None)
        Organisation.objects.filter(checked_by=member).update(checked_by=None)
