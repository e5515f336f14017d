"""What this room keeps about a person, and how their name leaves it: the words stay, unnamed.
Registered by hooks.py; called through members.dossier."""

from collections.abc import Iterator

from exchange.contributions.models import (
    Consent,
    Contribution,
    Decision,
    Draft,
    Picture,
    Revision,
    VoiceKeeper,
    VoiceLook,
)
from exchange.contributions.pictures import store
from exchange.contributions.voice import locks
from exchange.contributions.voice import queries as voices
from exchange.contributions.voice.actions import let_go
from exchange.members import dossier
from exchange.members.models import Member

_PICTURES = ("key", "contribution_id", "reply_number", "alt", "caption", "added_at")


@dossier.register("contributions")
class Contributed:
    """Contributions with their earlier texts, drafts, and a host's decisions."""

    def export(self, member: Member) -> dict[str, object]:
        told = ("id", "kind", "state", "title", "body", "language", "created_at", "published_at")
        earlier = ("contribution_id", "number", "title", "body", "parts", "at", "why")
        return {
            "contributions": list(
                Contribution.objects.filter(author=member, sealed_at=None)
                .order_by("id")
                .values(*told)
            ),
            "texts": list(
                Revision.objects.filter(by=member, contribution__sealed_at=None)
                .order_by("id")
                .values(*earlier)
            ),
            "pictures": list(
                Picture.objects.standing()
                .filter(by=member, contribution__sealed_at=None)
                .order_by("id")
                .values(*_PICTURES)
            ),
            "consents": list(
                Consent.objects.filter(picture__by=member, picture__contribution__sealed_at=None)
                .order_by("id")
                .values("picture__key", "who", "how", "agreed_on", "use", "until")
            ),
            "protected": [
                {"title": one.row.title, "body": one.row.body, "state": one.row.state}
                for one in voices.own(member)
                if one.row.sealed_at is None
            ],
            "looks_at_your_name": list(
                VoiceLook.objects.filter(voice__owner=locks.owner_mark(member))
                .order_by("id")
                .values("by_name", "why", "at")
            ),
            "keeps_voices": list(
                VoiceKeeper.objects.filter(member=member).values("since", "ended_at")
            ),
            "drafts": list(Draft.objects.filter(member=member).values("kind", "answers")),
        }

    def files(self, member: Member) -> Iterator[tuple[str, bytes]]:
        """Their pictures, in the largest size we keep."""
        rows = Picture.objects.standing().filter(by=member, contribution__sealed_at=None)
        for picture in rows.order_by("pk"):
            widest = max((int(size["at"]) for size in picture.sizes), default=0)
            data = store.read(picture.key, widest) if widest else None
            if data:
                yield f"{picture.key}.webp", data

    def erase(self, member: Member) -> None:
        Contribution.objects.filter(author=member).update(author=None, shown_as="", shown_role="")
        Revision.objects.filter(by=member).update(by=None)
        Decision.objects.filter(by=member).update(by=None, by_name="")
        # The consent of others stays as long as the picture: hosts answer for it from now on.
        Picture.objects.filter(by=member).update(by=None)
        Draft.objects.filter(member=member).delete()
        let_go(member=member)
        VoiceKeeper.objects.filter(member=member).delete()
        VoiceKeeper.objects.filter(by=member).update(by=None)
        VoiceLook.objects.filter(by=member).update(by=None, by_name="")
