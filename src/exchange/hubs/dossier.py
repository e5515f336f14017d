"""What this room keeps about a person, and how it leaves: places in spaces go with the person, what
they did for a space stays, unnamed. Registered by hooks; called through members.dossier."""

from django.db.models import Q, QuerySet

from exchange.hubs.models import Invitation, InviteLink, Membership, Pair, Space
from exchange.hubs.working import leaving
from exchange.mail.tokens import digest
from exchange.members import dossier
from exchange.members.models import Member


@dossier.register("hubs")
class Belonged:
    """Where somebody belongs, asked, or was invited; with whom they are paired."""

    def export(self, member: Member) -> dict[str, object]:
        told = ("space__name", "role", "state", "level", "words", "asked_at", "since")
        memberships = Membership.objects.filter(member=member).order_by("id")
        invited = _invitations(member).order_by("id")
        pairs = Pair.objects.of(member).order_by("id")
        return {
            "memberships": list(memberships.values(*told)),
            "invitations": list(invited.values("space__name", "name", "state", "at")),
            "mentor_pairs": list(pairs.values("space__name", "state", "made_at", "last_sign")),
            **leaving.export(member),
        }

    def erase(self, member: Member) -> None:
        leaving.erase(member)
        Pair.objects.of(member).delete()
        _invitations(member).delete()
        Membership.objects.filter(member=member).delete()
        for model in (Membership, Invitation, InviteLink, Pair):
            model.objects.filter(by=member).update(by=None)
        Space.objects.filter(opened_by=member).update(opened_by=None)


def _invitations(member: Member) -> QuerySet[Invitation]:
    """Those to their number, or to their address."""
    rows: QuerySet[Invitation] = Invitation.objects.filter(
        Q(member=member) | Q(digest=digest(member.email))
    )
    return rows
