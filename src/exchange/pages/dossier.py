"""What this room keeps about a person: what they, as a host, chose or wrote for all.
Loaded by apps.py; called through members.dossier."""

from exchange.members import dossier
from exchange.members.models import Member
from exchange.pages.models import Choice, HouseText, HouseTextRevision


@dossier.register("pages")
class Chosen:
    """A host's name on what they chose."""

    def export(self, member: Member) -> dict[str, object]:
        told = ("sort", "place", "words", "at")
        written = HouseTextRevision.objects.filter(by=member).order_by("at")
        return {
            "chosen": list(Choice.objects.filter(by=member).order_by("at").values(*told)),
            "wrote": list(written.values("text__name", "text__language", "title", "at")),
        }

    def erase(self, member: Member) -> None:
        Choice.objects.filter(by=member).update(by=None, by_name="")
        # Who took something away stands there by name alone.
        if member.display_name:
            theirs = Choice.objects.filter(gone_by_name=member.display_name)
            theirs.update(gone_by_name="")
        HouseText.objects.filter(by=member).update(by=None)
        HouseTextRevision.objects.filter(by=member).update(by=None, by_name="")
