"""What this room keeps about a person: what they wrote to the hosts, and what they as a host answered.
Loaded by apps.py; called through members.dossier."""

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from exchange.contacting.actions.emptying import empty_all
from exchange.contacting.models import Contact, Deed, Ready, Word
from exchange.members import dossier
from exchange.members.models import Member


@dossier.register("contacting")
class Written:
    """Letters of their account, and those that came from an address of theirs."""

    def export(self, member: Member) -> dict[str, object]:
        rows = _of(member)
        words = Word.objects.filter(contact__in=rows, sealed_at=None)
        return {
            "letters": list(rows.values("about", "state", "at", "name", "address")),
            "words": list(words.values("contact_id", "is_hosts", "text", "at")),
            "answered": list(Word.objects.filter(host=member).values("text", "at")),
            "done": list(Deed.objects.filter(by=member).values("what", "at")),
            "short_answers": list(Ready.objects.filter(by=member).values("title", "text", "at")),
        }

    def erase(self, member: Member) -> None:
        """What is sealed stays with its case until that ends; nobody is named in it here."""
        empty_all(list(_of(member).values_list("pk", flat=True)))
        Word.objects.filter(host=member).update(host=None, host_name="")
        Deed.objects.filter(by=member).update(by=None, by_name="")
        Ready.objects.filter(by=member).update(by=None, by_name="")
        Contact.objects.filter(claimed_by=member).update(claimed_by=None, claimed_at=None)


def _of(member: Member) -> QuerySet[Contact]:
    confirmed = EmailAddress.objects.filter(user=member, verified=True)
    theirs = Q(member=member)
    for address in {member.email, *confirmed.values_list("email", flat=True)} - {""}:
        theirs |= Q(address=address.lower())
    rows: QuerySet[Contact] = Contact.objects.filter(theirs).order_by("at", "pk")
    return rows
