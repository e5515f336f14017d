"""What this room keeps about a person: that they, as a host, chose what the home shows.
Loaded by apps.py; called through members.dossier."""

from exchange.members import dossier
from exchange.members.models import Member
from exchange.pages.models import Choice


@dossier.register("pages")
class Chosen:
    """A host's name on what they chose."""

    def export(self, member: Member) -> dict[str, object]:
        told = ("sort", "place", "words", "at")
        return {"chosen": list(Choice.objects.filter(by=member).order_by("at").values(*told))}

    def erase(self, member: Member) -> None:
        Choice.objects.filter(by=member).update(by=None, by_name="")
