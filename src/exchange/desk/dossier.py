"""What the desk keeps about a person: what they asked another host to look at, what they wrote there.
Loaded by apps.py; called through members.dossier."""

from exchange.desk.models import Appeal, Claim
from exchange.desk.writing import kept
from exchange.members import dossier
from exchange.members.models import Member


@dossier.register(
    "desk",
    also=("writing", "wagtailcore", "wagtailadmin", "wagtailimages", "wagtailusers"),
)
class AskedAgain:
    """An author's own words to the hosts; a host's name on what they settled."""

    def export(self, member: Member) -> dict[str, object]:
        told = ("contribution_id", "reply_id", "asked_at", "words", "outcome", "settled_at")
        return {
            "appeals": list(Appeal.objects.filter(asked_by=member).values(*told)),
            "writing": kept.export(member.pk),
        }

    def erase(self, member: Member) -> None:
        kept.erase(member.pk)
        Claim.objects.filter(by=member).delete()
        Appeal.objects.filter(asked_by=member).update(asked_by=None, words="")
        Appeal.objects.filter(settled_by=member).update(settled_by=None, settled_by_name="")
        Appeal.objects.filter(against=member).update(against=None)
