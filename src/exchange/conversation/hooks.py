"""What the conversation room adds to the house: who shares something follows it.
Loaded by apps.py when the program starts."""

from datetime import datetime

from exchange.contributions.models import Contribution
from exchange.contributions.models.pictures import decide_about_replies
from exchange.contributions.voice.showing import Answers, answers_are_kept_by
from exchange.conversation import dossier, marks, voicing
from exchange.conversation.actions import take_back_in_voice
from exchange.conversation.bymail import forgetting, receipts
from exchange.conversation.models import Reply
from exchange.conversation.offering import actions as offering
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.mail import inbound
from exchange.mail.tokens import What

inbound.on_token(What.ANSWER, What.ANSWER_TO)(receipts.to_a_letter)
inbound.on_token(What.RECEIPT)(receipts.answered)
inbound.on_token(What.CONFIRM)(receipts.confirmed)
decide_about_replies(Reply.objects.visible_to)
answers_are_kept_by(Answers(find=voicing.find, take_back=take_back_in_voice))

__all__ = ["dossier", "follow_own"]


@every(minutes=60, name="conversation.offer_questions")
def offer_questions(now: datetime) -> None:
    """What nobody has answered for a day goes to members who could know."""
    offering.offer_due(moment=now)


@on("reply.published", consumer="conversation.offers_answered")
def offers_answered(event: Event) -> None:
    offering.note_answer(reply_id=event.subject_id)


@on(
    *("contribution.submitted", "contribution.published", "contribution.let_inside"),
    consumer="conversation.follow_own",
)
def follow_own(event: Event) -> None:
    """The writer hears of each answer from the moment it was sent, waiting or not."""
    row = Contribution.objects.select_related("author").filter(pk=event.subject_id).first()
    if row is not None and row.author is not None:
        marks.follow_because_wrote(member=row.author, contribution=row)


@on(
    *("contribution.withdrawn", "contribution.sealed", "reply.withdrawn", "reply.sealed"),
    consumer="conversation.forget_mail",
)
def forget_mail(event: Event) -> None:
    """The mail it came by, and our letters about that mail, keep no word of it."""
    forgetting.forget(made_type=event.subject_type, made_id=event.subject_id)
