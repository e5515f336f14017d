"""What this room keeps about a person: what they wrote to others and others to them, whom they
blocked, what they chose. Loaded by apps.py; called through members.dossier.

Who leaves takes their private words along, whatever they chose for those that everybody reads: a word
to one person has no reader without its writer. What others wrote to them stays with the others."""

from __future__ import annotations

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from exchange.corresponding.keeping import forget_all
from exchange.corresponding.models import Block, Choice, Correspondence, Message
from exchange.members import dossier
from exchange.members.models import Member


@dossier.register("corresponding")
class Letters:
    """Their own words, and those that were written to them alone."""

    def export(self, member: Member) -> dict[str, object]:
        seen = Message.objects.visible_to(member).select_related("writer").order_by("pk")
        blocks = Block.objects.filter(by=member).select_related("whom")
        return {
            "messages": [_told(one, member) for one in seen],
            "blocked": [{"name": one.whom.shown_name, "at": one.at} for one in blocks],
            "choices": list(Choice.objects.filter(member=member).values("from_whom", "by_mail")),
        }

    def erase(self, member: Member) -> None:
        """What is sealed stays with its case; here it goes as well."""
        forget_all(Message.objects.filter(writer=member).exclude(text=""))
        Message.objects.filter(writer=member).update(text="", is_withdrawn=True, writer=None)
        rows = Correspondence.objects.visible_to(member)
        rows.update(pair=Concat(Value("left-"), Cast("pk", CharField())))
        rows.filter(left_by=member).update(left_by=None)
        # Words nobody can read any more are kept for nobody.
        Correspondence.objects.filter(asker=member).update(asker=None)
        Correspondence.objects.filter(asked=member).update(asked=None)
        Correspondence.objects.filter(asker=None, asked=None).delete()
        Block.objects.filter(Q(by=member) | Q(whom=member)).delete()
        Choice.objects.filter(member=member).delete()


def _told(one: Message, member: Member) -> dict[str, object]:
    mine = one.writer_id == member.pk
    name = one.writer.shown_name if one.writer else ""
    return {"from": "me" if mine else name, "text": one.text, "at": one.at}
