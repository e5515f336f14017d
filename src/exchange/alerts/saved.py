"""What was found for a kept search, told in one short mail; and written anew without a text that
was taken back before the mail went. Called by `hooks.py` alone."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from exchange.alerts import letters, queries
from exchange.alerts.letters import Letter
from exchange.contributions import kinds
from exchange.contributions.cards import cards
from exchange.contributions.models import Contribution
from exchange.conversation.models import SavedMatch, SavedSearch
from exchange.core.text import excerpt, size_in_words
from exchange.mail.actions import drop_queued, forget_words, queue_mail

# A mail of 20 kB at most on its way; letters that are not Latin grow by a third in it.
LARGEST = 14_000
_TITLE = 300


def tell(*, search_id: int, event_id: int, again: int = 0) -> None:
    """One mail about what one look found, if somebody still wants it and may still read it.
    `again`: a text in it was taken back, so it is written anew."""
    search = SavedSearch.objects.filter(pk=search_id, stopped_at=None).first()
    member = queries.reachable_member(search.member_id) if search else None
    if search is None or member is None or search.is_paused:
        return
    found = SavedMatch.objects.filter(search=search, event_id=event_id).values("contribution_id")
    rows = Contribution.objects.visible_to(member).listed().filter(pk__in=found)
    new = list(rows.order_by("-published_at", "-pk"))
    if not new:
        return
    with override(member.first_language):
        letter = _letter(search, new)
        stop = letters.link(reverse("discovery:saved-stop", args=[search.token]))
    queue_mail(
        to=member.email,
        subject=letters.subject_for(member, letter),
        text=letter.text,
        language=member.first_language,
        purpose="digest",
        key=f"{_about(search_id, event_id)}{again}",
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def forget(*, contribution_id: int) -> None:
    """A text was taken back: mails with it that have not gone are written anew without it, and
    no word of it stays in those that went."""
    matches = SavedMatch.objects.filter(contribution_id=contribution_id)
    for match in matches.order_by("pk"):
        about = _about(match.search_id, match.event_id)
        stopped = drop_queued(key_prefix=about)
        forget_words(key_prefix=about)
        if stopped:
            tell(search_id=match.search_id, event_id=match.event_id, again=contribution_id)


def _about(search_id: int, event_id: int) -> str:
    return f"alert:search:{search_id}:{event_id}:"


def _letter(search: SavedSearch, new: list[Contribution]) -> Letter:
    """The newest, each with its title, what it is and its address; how many more there are."""
    whole = search.most
    while True:
        text = _text(search, new, whole)
        if len(text.encode()) <= LARGEST or whole == 1:
            return Letter(_("New for a search of yours"), text)
        whole -= 1


def _text(search: SavedSearch, new: list[Contribution], shown: int) -> str:
    pieces = [
        _("New since we last looked: %(name)s") % {"name": search.name},
        *(_item(row) for row in new[:shown]),
    ]
    more = len(new) - shown
    if more > 0:
        words = ngettext("And %(n)d more:", "And %(n)d more:", more) % {"n": more}
        pieces.append(f"{words}\n{letters.link(reverse('discovery:saved'))}")
    pieces += [
        "--",
        _("You get this because you asked us to watch this search."),
        _("To pause or stop:")
        + "\n"
        + letters.link(reverse("discovery:saved-stop", args=[search.token])),
    ]
    return "\n\n".join(pieces) + "\n"


def _item(row: Contribution) -> str:
    (card,) = cards([row], with_kind=True)
    words = [part.text for part in card.context]
    size = getattr(kinds.get(row.kind).full(row), "readable_size", 0)
    if size:
        words.append(_("read here: %(size)s") % {"size": size_in_words(size)})
    address = f"{settings.BASE_URL}{card.url}"
    return "\n".join([excerpt(row.title, _TITLE), " · ".join(words), address])
