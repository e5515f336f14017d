"""What this room keeps about a person. What they reported and were told is theirs; the cases are a
record that the law of safeguarding keeps apart, with an end of its own. Registered by hooks.py."""

from exchange.members import dossier
from exchange.members.models import Member
from exchange.safeguarding.actions.standing import step_down
from exchange.safeguarding.models import Concern, HelplineCheck, PolicyReview, PosterNote


@dossier.register("safeguarding")
class Reported:
    """Reports, private words received, roles; and the deeds of a host."""

    def export(self, member: Member) -> dict[str, object]:
        return {
            "reports": list(Concern.objects.filter(reporter=member).values("kind", "words", "at")),
            "private_words": list(PosterNote.objects.filter(member=member).values("text", "at")),
            "roles": list(member.safeguarding_roles.values("role", "since", "until")),
            "policy_reviews": list(PolicyReview.objects.filter(by=member).values("at")),
            "helplines_confirmed": list(
                HelplineCheck.objects.filter(by=member).values("country", "number", "at")
            ),
        }

    def erase(self, member: Member) -> None:
        """A case stays as it is until its own end: it may be about this very person. Their name
        is gone from it with the account it points at."""
        step_down(member=member)
        Concern.objects.filter(reporter=member).update(reporter=None, tell_outcome=False)
        PosterNote.objects.filter(member=member).delete()
        PolicyReview.objects.filter(by=member).update(by=None, by_name="")
        HelplineCheck.objects.filter(by=member).update(by=None)
