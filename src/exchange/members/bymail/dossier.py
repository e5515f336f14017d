"""What the mail room keeps of a person: the mails they wrote to us. It knows no members, so their
room answers for it. Registered by hooks.py; called through members.dossier."""

from exchange.mail.models import IncomingMail
from exchange.mail.receiving.actions import forget_person
from exchange.members import dossier
from exchange.members.models import Member


@dossier.register("mail")
class Written:
    """Mails that came in, with their words, for as long as we keep them."""

    def export(self, member: Member) -> dict[str, object]:
        theirs = IncomingMail.objects.filter(person=member.pk).order_by("pk")
        return {"incoming": list(theirs.values("received_at", "subject", "words", "outcome"))}

    def erase(self, member: Member) -> None:
        forget_person(person=member.pk, address=member.email)
