"""What this room keeps about a person, and how their name leaves it.
Registered by hooks; called through members.dossier."""

from typing import Any

from exchange.briefings.models import Issue, Newsletter, Quoted, Subscriber
from exchange.briefings.quoting import taking_back
from exchange.members import dossier
from exchange.members.models import Member


@dossier.register("briefings")
class Briefed:
    """Words of theirs that stand in briefs, newsletters they get, issues they built."""

    def export(self, member: Member) -> dict[str, object]:
        quotes = Quoted.objects.filter(member=member).order_by("pk")
        newsletter = Subscriber.objects.filter(member=member)
        return {
            "quoted": list(quotes.values("brief_id", "words", "answer", "asked_at", "answered_at")),
            "newsletter": list(newsletter.values("language", "hub", "state", "confirmed_at")),
            "issues": list(Issue.objects.filter(by=member).values("name", "at")),
        }

    def erase(self, member: Member) -> None:
        # Their words leave the briefs: nobody could ask them any more.
        taking_back.of_person(member)
        Subscriber.objects.filter(member=member).delete()
        Issue.objects.filter(by=member).update(by=None)
        newsletters: Any = Newsletter.objects
        newsletters.filter(released_by=member).update(released_by=None)
        newsletters.filter(confirmed_by=member).update(confirmed_by=None)
