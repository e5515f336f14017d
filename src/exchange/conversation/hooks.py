"""What the conversation room adds to the house: who shares something follows it.
Loaded by apps.py when the program starts."""

from exchange.contributions.models import Contribution
from exchange.contributions.models.pictures import decide_about_replies
from exchange.conversation import dossier, marks
from exchange.conversation.models import Reply
from exchange.ledger.models import Event
from exchange.ledger.registry import on

decide_about_replies(Reply.objects.visible_to)

__all__ = ["dossier", "follow_own"]


@on("contribution.submitted", "contribution.published", consumer="conversation.follow_own")
def follow_own(event: Event) -> None:
    """The writer hears of each answer from the moment it was sent, waiting or not."""
    row = Contribution.objects.select_related("author").filter(pk=event.subject_id).first()
    if row is not None and row.author is not None:
        marks.follow_because_wrote(member=row.author, contribution=row)
