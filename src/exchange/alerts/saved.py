"""What was found for a kept search that is told in mails of its own; and written anew without a
text that was taken back before the mail went. What digests hold of searches, digests find by
themselves. Called by `hooks.telling` alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from exchange.alerts import letters, queries
from exchange.alerts.letters import Letter
from exchange.alerts.models import Wishes
from exchange.alerts.telling import queries as telling
from exchange.alerts.telling.actions import put_back
from exchange.alerts.telling.rules import when
from exchange.alerts.wishing.actions import expect_digest
from exchange.alerts.wishing.queries import wishes_of
from exchange.contributions import kinds
from exchange.contributions.cards import cards
from exchange.contributions.models import Contribution
from exchange.conversation.models import SavedMatch, SavedSearch
from exchange.core.text import excerpt, size_in_words
from exchange.core.time import now
from exchange.mail import headers
from exchange.mail.actions import About, drop_queued, forget_words, queue_mail
from exchange.mail.paper import Piece
from exchange.mail.together import note_inside
from exchange.mail.tokens import What
from exchange.members.models import Member

# A mail of 20 kB at most on its way; letters that are not Latin grow by a third in it.
LARGEST = 14_000
_TITLE = 300


def tell(*, search_id: int, event_id: int, again: int = 0) -> None:
    """One mail about what one look found, if somebody still wants it and may still read it.
    `again`: a text in it was taken back, so it is written anew. When their week is full, or they
    paused all mail, it comes in their digest."""
    wanted = SavedSearch.objects.filter(level=SavedSearch.Level.EACH, stopped_at=None)
    search = wanted.filter(pk=search_id).first()
    member = queries.reachable_member(search.member_id) if search else None
    if search is None or member is None or search.is_paused:
        return
    found = SavedMatch.objects.filter(search=search, event_id=event_id).values("contribution_id")
    rows = Contribution.objects.visible_to(member).listed().filter(pk__in=found)
    new = list(rows.order_by("-published_at", "-pk"))
    if not new or _waits(member, new):
        return
    with override(member.first_language):
        is_notice = wishes_of(member).content == Wishes.Content.NOTICE
        letter = letters.wordless() if is_notice else _letter(search, new)
        listed = headers.list_headers(
            name="Exchange",
            slug=f"search-{search.pk}",
            what=What.STOP_SEARCH,
            person=member.pk,
            item=search.pk,
            page=letters.link(reverse("discovery:saved")),
        )
    mail = queue_mail(
        to=member.email,
        subject=letters.subject_for(member, letter),
        text=letter.text,
        html=letter.html,
        language=member.first_language,
        purpose="digest",
        key=f"{_about(search_id, event_id)}{again}",
        headers=listed,
        about=About(person=member.pk, item=f"search:{search.pk}"),
    )
    # So that neither a digest nor a watch tells the same once more.
    told = [telling.contribution_item(row.pk) for row in new]
    note_inside(mail, items={f"{mail.key}:{item}": item for item in told})


def _waits(member: Member, new: list[Contribution]) -> bool:
    """Whether this is not told now: never, or in the digest. Quiet hours hold back no mail that
    comes once a day and makes no phone ring."""
    moment = now()
    week = telling.mails_this_week(member, moment)
    wishes = wishes_of(member)
    wishes.quiet_from = wishes.quiet_until = None
    decided = when(wishes, moment=moment, this_week=week)
    if decided.now:
        return False
    if not decided.never:
        put_back(member.pk, [telling.contribution_item(row.pk) for row in new], due_at=None)
        expect_digest(member=member)
    return True


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
        made = letters.letter(_("New for a search of yours"), *_pieces(search, new, whole))
        if len(made.text.encode()) <= LARGEST or whole == 1:
            return made
        whole -= 1


def _pieces(search: SavedSearch, new: list[Contribution], shown: int) -> Iterator[Piece]:
    yield Piece("plain", _("New since we last looked: %(name)s") % {"name": search.name})
    for row in new[:shown]:
        yield from _item(row)
    more = len(new) - shown
    if more > 0:
        words = ngettext("And %(n)d more:", "And %(n)d more:", more) % {"n": more}
        yield Piece("plain", words, letters.link(reverse("discovery:saved")))
    stop = headers.stop_page(what=What.STOP_SEARCH, person=search.member_id, item=search.pk)
    yield Piece("rule")
    yield Piece("small", _("You get this because you asked us to watch this search."))
    yield Piece("small", _("To pause or stop:"), stop)


def _item(row: Contribution) -> list[Piece]:
    (card,) = cards([row], with_kind=True)
    words = [part.text for part in card.context]
    size = getattr(kinds.get(row.kind).full(row), "readable_size", 0)
    if size:
        words.append(_("read here: %(size)s") % {"size": size_in_words(size)})
    title = excerpt(row.title, _TITLE)
    return [
        Piece("title", title, letters.link(card.url), row.language),
        Piece("context", " · ".join(words)),
    ]
