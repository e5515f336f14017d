"""What happens outside reaches the pages of the writing room, by a command of its own process.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.briefings import writing_room
from exchange.briefings.models import Quoted
from exchange.ledger.models import Event
from exchange.ledger.registry import every, on

_KINDS = ("brief", "newsletter")


@on(
    *("contribution.published", "contribution.revised", "contribution.held"),
    *("contribution.withdrawn", "contribution.sealed", "contribution.unsealed"),
    consumer="briefings.tell_writing_room",
    outside=True,
)
def tell_writing_room(event: Event) -> None:
    """A page is live, held or gone as its row is; what was taken back leaves its drafts too."""
    if event.detail.get("kind") in _KINDS:
        _follow(event.subject_id)
    if event.kind == "contribution.sealed":
        # Its title stands in what sums it up, and perhaps its words in a draft of that.
        for pk in writing_room.summing_up(event.subject_id):
            _follow(pk, "--forget")


@on(
    *("quote.answered", "quote.gone"),
    consumer="briefings.take_quote_from_writing_room",
    outside=True,
)
def take_quote_from_writing_room(event: Event) -> None:
    """Words that somebody did not agree to, or took back, stand in no draft."""
    quote = Quoted.objects.filter(pk=event.subject_id).first()
    if quote is not None and quote.answer != Quoted.Answer.NAMED:
        _follow(quote.brief_id, "--forget")


@every(name="briefings.publish_due", minutes=1, outside=True)
def publish_due(moment: datetime) -> None:
    """What a host set an hour for."""
    if writing_room.is_anything_due(moment):
        writing_room.have_run("write_due")


def _follow(contribution_id: int, *more: str) -> None:
    row = writing_room.row_of(contribution_id)
    if row is None or row.page_id is None or not writing_room.has_page(row.page_id):
        return
    if more or not writing_room.is_followed(row, row.page_id):
        writing_room.have_run("write_follow", str(row.page_id), *more)
