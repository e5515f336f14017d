"""What this room keeps about a person, and how their name leaves it: the words stay, unnamed.
Registered by hooks.py; called through members.dossier."""

from exchange.conversation import leaving
from exchange.conversation.models import (
    Follow,
    Mark,
    Offer,
    Reply,
    ReplyDecision,
    ReplyRevision,
    SavedSearch,
)
from exchange.members import dossier
from exchange.members.models import Member


@dossier.register("conversation")
class Said:
    """Answers with their earlier texts, marks, follows, kept searches, a host's decisions."""

    def export(self, member: Member) -> dict[str, object]:
        told = ("id", "contribution_id", "state", "body", "language", "created_at")
        return {
            "answers": list(
                Reply.objects.filter(author=member, sealed_at=None).order_by("id").values(*told)
            ),
            "texts": list(
                ReplyRevision.objects.filter(by=member, reply__sealed_at=None).values(
                    "reply_id", "number", "body", "at"
                )
            ),
            "marks": list(
                Mark.objects.filter(member=member).values("contribution_id", "reply_id", "kind")
            ),
            "follows": list(
                Follow.objects.filter(member=member).values("contribution_id", "level", "why")
            ),
            "offered": list(
                Offer.objects.filter(member=member)
                .order_by("id")
                .values("question_id", "at", "answered_at")
            ),
            "searches": list(
                SavedSearch.objects.of(member).values(
                    "name", "words", "filters", "cadence", "most", "created_at"
                )
            ),
        }

    def take_back(self, member: Member) -> None:
        leaving.take_back(member)

    def erase(self, member: Member) -> None:
        Reply.objects.filter(author=member).update(author=None, shown_as="", shown_role="")
        ReplyRevision.objects.filter(by=member).update(by=None)
        ReplyDecision.objects.filter(by=member).update(by=None, by_name="")
        # The counts stay: that something helped is no longer about this person.
        Mark.objects.filter(member=member).delete()
        Follow.objects.filter(member=member).delete()
        Offer.objects.filter(member=member).delete()
        SavedSearch.objects.filter(member=member).delete()
