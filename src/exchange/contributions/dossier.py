"""What this room keeps about a person, and how their name leaves it: the words stay, unnamed.
Registered by hooks.py; called through members.dossier."""

from exchange.contributions.models import Contribution, Decision, Draft, Revision
from exchange.members import dossier
from exchange.members.models import Member


@dossier.register("contributions")
class Contributed:
    """Contributions with their earlier texts, drafts, and a host's decisions."""

    def export(self, member: Member) -> dict[str, object]:
        told = ("id", "kind", "state", "title", "body", "language", "created_at", "published_at")
        earlier = ("contribution_id", "number", "title", "body", "parts", "at", "why")
        return {
            "contributions": list(
                Contribution.objects.filter(author=member).order_by("id").values(*told)
            ),
            "texts": list(Revision.objects.filter(by=member).order_by("id").values(*earlier)),
            "drafts": list(Draft.objects.filter(member=member).values("kind", "answers")),
        }

    def erase(self, member: Member) -> None:
        Contribution.objects.filter(author=member).update(author=None, shown_as="", shown_role="")
        Revision.objects.filter(by=member).update(by=None)
        Decision.objects.filter(by=member).update(by=None, by_name="")
        Draft.objects.filter(member=member).delete()
