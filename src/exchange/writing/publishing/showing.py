"""How a page stands outside, in words for whoever edits it, with the passages a gate asked about.
Called by the panel at the head of each page and by the view that answers a press of the button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.contributions.reasons import SEEN
from exchange.writing.models import BriefPage, HousePage, NewsletterPage, Standing, WrittenPage
from exchange.writing.publishing import naming
from exchange.writing.publishing.words import content_of, digest

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

AROUND, MOST_SHOWN = 40, 12

SAID: dict[str, str | _StrPromise] = {
    "public": _("Everybody can read it now."),
    "waiting": _("Another host reads it first. Until then readers see what they saw before."),
    "kept": _("These words stand in the edition now. They go out when it is sent, at the desk."),
    "scheduled": _("It goes out at its hour, through the same checks."),
    "noticed": _("Please look at these passages before it goes out."),
    "refused": _("It cannot go out with these words. Please change them."),
    "not-agreed": _("Somebody whose words stand in it has not agreed. Ask them at the desk."),
    "not-there": _("A quotation does not stand, letter for letter, where it was taken from."),
    "changed": _("Somebody changed the text at the desk meanwhile. Open it from there again."),
    "not-allowed": _("This cannot be published now."),
    "not-now": _("It is on its way already, or not ready yet."),
    "picture": _(
        "A picture does not say what is in it, or who can be recognised has not agreed, or their "
        "consent has run out."
    ),
    "source": _("A line of what it sums up names nothing. Give a number or an address."),
    "newer": _("The text was changed outside. This draft was brought up to it."),
    "forgotten": _("Words that somebody took back left it, with all earlier drafts."),
}
_AS_GIVEN = _("Readers see the text that came with the program.")
_STATES: dict[str, str | _StrPromise] = {
    "draft": _("Hosts alone see it."),
    "waiting": SAID["waiting"],
    "held": _("A host holds it back. The desk says why."),
    "published": _("Everybody can read it."),
    "expired": _("It has ended."),
}


@dataclass(frozen=True)
class Passage:
    """Why, and the words with a little of what is around."""

    why: str | _StrPromise
    before: str
    marked: str
    after: str


@dataclass(frozen=True)
class Shown:
    """What the head of a page says."""

    state: str | _StrPromise
    address: str
    desk: str
    code: str
    said: str | _StrPromise
    passages: list[Passage]

    @property
    def may_insist(self) -> bool:
        """Whether a second look by another host is offered."""
        return self.code == "noticed"


def shown(page: WrittenPage) -> Shown:
    """What is known of a page, for its latest words."""
    row = page.outside if page.pk else None
    draft = page.get_latest_revision_as_object() if page.pk else page
    kept = Standing.objects.filter(page_id=page.pk).first() if page.pk else None
    code = kept.code if kept is not None and kept.digest == digest(draft) else ""
    return Shown(
        state=_state(page, row),
        address=naming.public_address(page) if row is not None and row.is_public else "",
        desk=_desk(page, row),
        code=code,
        said=SAID.get(code, ""),
        passages=_passages(draft, kept) if kept is not None and code else [],
    )


def said(code: str) -> str | _StrPromise:
    return SAID[code]


def _state(page: WrittenPage, row: Any) -> str | _StrPromise:
    if isinstance(page, HousePage):
        return _STATES["published"] if row is not None and row.is_public else _AS_GIVEN
    if isinstance(row, Contribution):
        return _STATES.get(row.state, "")
    return _STATES["draft"]


def _desk(page: WrittenPage, row: object) -> str:
    """Its page at the desk, which another process answers."""
    if not isinstance(row, Contribution):
        return ""
    if isinstance(page, BriefPage):
        return f"/desk/briefs/{row.pk}/"
    return f"/desk/newsletters/editions/{row.pk}/" if isinstance(page, NewsletterPage) else ""


def _passages(page: WrittenPage, kept: Standing) -> list[Passage]:
    content = content_of(page)
    return [_passage(content, *reason) for reason in kept.reasons[:MOST_SHOWN]]


def _passage(content: Content, code: str, start: int, end: int, field: str) -> Passage:
    words = content.title if field == "title" else content.whole
    if end <= start or end > len(words):
        return Passage(SEEN.get(code, ""), "", "", "")
    before, after = words[max(0, start - AROUND) : start], words[end : end + AROUND]
    return Passage(SEEN.get(code, ""), before, words[start:end], after)
