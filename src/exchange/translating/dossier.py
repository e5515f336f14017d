"""What this room keeps about a person, and how their name leaves it: translations stay, unnamed.
Registered by hooks.py; called through members.dossier."""

from exchange.members import dossier
from exchange.members.models import Member
from exchange.translating.models import Remark, TermWord, Translation, Wish


@dossier.register("translating")
class Translated:
    """Translations made and looked at, wishes, remarks, words for the glossary."""

    def export(self, member: Member) -> dict[str, object]:
        told = ("id", "contribution_id", "reply_id", "language", "state", "title", "body", "parts")
        wished = ("contribution_id", "reply_id", "language", "at")
        own = Translation.objects.filter(translator=member, sealed_at=None).order_by("id")
        looked = Translation.objects.filter(reviewer=member).order_by("id")
        remarks = Remark.objects.filter(by=member).order_by("id")
        terms = TermWord.objects.filter(by=member).order_by("id")
        return {
            "translations": list(own.values(*told, "pieces")),
            "looked_at": list(looked.values_list("id", flat=True)),
            "wishes": list(Wish.objects.filter(member=member).order_by("id").values(*wished)),
            "remarks": list(remarks.values("translation_id", "words", "at")),
            "glossary": list(terms.values("term", "language", "word", "note")),
        }

    def erase(self, member: Member) -> None:
        begun = (Translation.State.DRAFT, Translation.State.WAITING)
        Translation.objects.filter(translator=member, state__in=begun).delete()
        Translation.objects.filter(translator=member).update(translator=None, shown_as="")
        Translation.objects.filter(reviewer=member).update(reviewer=None)
        Wish.objects.filter(member=member).delete()
        Remark.objects.filter(by=member).update(by=None)
        TermWord.objects.filter(by=member).update(by=None)
