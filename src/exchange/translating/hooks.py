"""What the translating room adds to the house: words in other languages, beside their originals.
Loaded by apps.py when the program starts."""

from exchange.contributions import renderings
from exchange.core import reportable, slots, waiting
from exchange.ledger.models import Event
from exchange.ledger.registry import on
from exchange.mail import looking
from exchange.translating import actions, dossier, outward, queries, sealing, telling
from exchange.translating.models import Translation

__all__ = ["dossier", "outward"]

renderings.register(queries.Kept())
reportable.register(sealing.PLACE, sealing.TranslatedWords())
waiting.register("translating.waiting", queries.waiting, order=40)
looking.before_sending(telling.PURPOSE)(telling.still_goes)
slots.register("contribution-actions", "translating/_contribution_action.html", order=60)
slots.register("reply-actions", "translating/_answer_action.html", order=60)
slots.register("rendering-actions", "translating/_rendering_actions.html")
slots.register("me-lists", "translating/_me_way.html", order=60)
slots.register("desk-ways", "translating/_desk_way.html", order=62)


@on("contribution.withdrawn", consumer="translating.leave_with_text")
def leave_with_text(event: Event) -> None:
    """No word made of a text outlives it. Nobody saw them since: they are read through it."""
    actions.follow_the_source(contribution_id=event.subject_id)


@on("reply.withdrawn", consumer="translating.leave_with_answer")
def leave_with_answer(event: Event) -> None:
    """The same for an answer."""
    contribution = event.detail.get("contribution")
    if isinstance(contribution, int):
        actions.follow_the_source(contribution_id=contribution, reply_id=event.subject_id)


@on("translation.published", consumer="translating.tell_readers")
def tell_readers(event: Event) -> None:
    """Who wrote it and who asked for it get a letter."""
    telling.tell_readers(event)


@on("translation.sent_back", consumer="translating.tell_translator")
def tell_translator(event: Event) -> None:
    """Who made it hears what to change."""
    telling.tell_translator(event)


@on("translation.remarked", consumer="translating.tell_of_remark")
def tell_of_remark(event: Event) -> None:
    """Who made it hears what a reader found."""
    telling.tell_of_remark(event)


@on(
    "translation.withdrawn",
    "translation.sealed",
    "translation.held",
    consumer="translating.forget_letters",
)
def forget_letters(event: Event) -> None:
    """No letter about it leaves, and those that went keep no word."""
    row = Translation.objects.filter(pk=event.subject_id).values("contribution_id", "reply_id")
    for one in row:
        telling.forget(event.subject_id, one["contribution_id"], one["reply_id"])
