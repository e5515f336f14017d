"""One thing that waits, prepared whole for a host: the words, the context, why, and by whom.
Called by the morning queue and the decision pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Model
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from exchange.contributions import kinds, noticeboard
from exchange.contributions.cards import Part, context_line
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, Experience, Notice, Revision
from exchange.conversation.models import Reply
from exchange.core import gates, html
from exchange.core.languages import direction
from exchange.desk import claims, words
from exchange.desk.models import Claim
from exchange.desk.queries.authors import Before
from exchange.desk.queries.differences import Change, changes
from exchange.hubs import rules as hubs
from exchange.hubs.models import Space
from exchange.members.models import Member

History = Mapping[int, Before]


@dataclass(frozen=True)
class Item:
    """What a host reads before deciding."""

    what: str
    pk: int
    version: int
    label: str
    icon: str
    title: str
    title_url: str
    language: str
    since: datetime | None
    author: Member | None
    author_name: str
    author_role: str
    is_own: bool
    texts: Sequence[tuple[str, SafeString]] = ()
    changes: Sequence[Change] = ()
    why: str = ""
    context: Sequence[Part] = ()
    reasons: Sequence[str] = ()
    before: Before = field(default_factory=Before)
    following: str = ""
    about_id: int = 0
    seen: int = 0
    claim: Claim | None = None
    is_mine: bool = False
    # The hub or group it was written in, and whether it is shown in the queue of that one.
    space: Space | None = None
    in_its_queue: bool = False
    # The page of the queue it was decided from.
    back: str = ""

    @property
    def anchor(self) -> str:
        return f"{self.what}-{self.pk}"

    @property
    def url(self) -> str:
        """Where a host decides about it."""
        if self.in_its_queue and self.space is not None:
            return reverse(f"inside:queue-{self.what}", args=[self.space.slug, self.pk])
        return reverse(f"desk:{self.what}-decision", args=[self.pk])

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def author_language(self) -> str:
        return self.author.first_language if self.author else self.language


def with_claim(item: Item, row: Model, host: Member) -> Item:
    """The item with the host who is looking at it, if somebody is."""
    claim = claims.of(row, item.what)
    return replace(item, claim=claim, is_mine=bool(claim and claim.by_id == host.pk))


def in_a_row(items: Sequence[Item], then: str = "") -> list[Item]:
    """Each item knows the next, so that a host goes on there after deciding."""
    anchors = [*(item.anchor for item in items[1:]), then]
    return [
        replace(item, following=following) for item, following in zip(items, anchors, strict=False)
    ]


def of_contribution(row: Contribution, host: Member, history: History) -> Item:
    """A contribution loaded with its author and the row that extends it."""
    kind = kinds.get(row.kind)
    return Item(
        what="contribution",
        pk=row.pk,
        seen=getattr(row, "seen", 0) or 0,
        version=row.version,
        label=str(kind.label),
        icon=kind.icon,
        title=row.title,
        title_url=row.get_absolute_url(),
        language=row.language,
        since=row.submitted_at,
        author=row.author,
        author_name=row.shown_author,
        author_role=row.shown_role,
        is_own=row.author_id == host.pk,
        texts=_texts(row),
        context=context_line(row),
        reasons=_reasons(_whole(row), row.title, row.kind, row.language, row.author),
        before=_before(row.author, history).without(row.pk),
        space=row.space,
    )


def of_reply(row: Reply, host: Member, history: History) -> Item:
    """A reply loaded with its author and contribution; `stood` are its words before the change."""
    stood = getattr(row, "stood", "") if row.published_at else ""
    about = row.contribution
    is_shut = _is_shut(about, host)
    return Item(
        what="reply",
        pk=row.pk,
        seen=getattr(row, "seen", 0) or 0,
        version=row.version,
        label=_("Answer"),
        icon="discussion",
        title=about.space.shown_name if is_shut and about.space else about.title,
        title_url=about.space.get_absolute_url()
        if is_shut and about.space
        else about.get_absolute_url(),
        language=row.language,
        since=row.changed_at or row.created_at,
        author=row.author,
        author_name=row.shown_author,
        author_role=row.shown_role,
        is_own=row.author_id == host.pk,
        texts=[("", row.body_html)],
        changes=changes([("", stood, row.body)]) if stood and not is_shut else (),
        reasons=_reasons(row.body, "", "reply", row.language, row.author),
        before=_before(row.author, history),
        space=about.space,
    )


def of_revision(row: Revision, host: Member, history: History) -> Item:
    """A change of a published text, loaded with its contribution and who wants it."""
    stands = row.contribution
    kind = kinds.get(stands.kind)
    whole = Content(title=row.title, body=row.body, parts=row.parts).whole
    is_shut = _is_shut(stands, host)
    return Item(
        what="revision",
        pk=row.pk,
        about_id=stands.pk,
        version=row.number,
        label=str(kind.label),
        icon=kind.icon,
        title=row.title if is_shut else stands.title,
        title_url=stands.get_absolute_url(),
        language=row.language,
        since=row.at,
        author=row.by,
        author_name=row.by.shown_name if row.by else stands.shown_author,
        author_role=row.by.role if row.by else "",
        is_own=host.pk in (row.by_id, stands.author_id),
        # What stands inside is for those inside; the new words are all that waits.
        texts=[("", html.from_markdown(whole))] if is_shut else (),
        changes=() if is_shut else _changed_fields(row),
        why=row.why,
        space=stands.space,
        reasons=_reasons(whole, row.title, stands.kind, row.language, row.by),
        before=_before(row.by, history).without(stands.pk),
    )


def _is_shut(about: Contribution, host: Member) -> bool:
    """Whether it stands inside a group to which this host does not belong."""
    return about.is_inside and not hubs.is_within(host, about.space_id)


def _before(author: Member | None, history: History) -> Before:
    return history.get(author.pk, Before()) if author else Before()


def _reasons(text: str, title: str, kind: str, language: str, author: Member | None) -> list[str]:
    """Ask the gates again: what they say now is what a host should know now."""
    verdict = gates.judge(
        gates.Submission(
            text=text,
            title=title,
            kind=kind,
            language=language,
            author_id=author.pk if author else None,
            author_is_host=bool(author and author.is_host),
            author_is_newcomer=author is None or author.is_newcomer,
        )
    )
    return words.in_words(verdict.reasons)


def _extending(row: Contribution, name: str) -> Contribution | None:
    """The loaded row that extends this one, if it is of that kind."""
    return getattr(row, name, None) if row.kind == name else None


def _texts(row: Contribution) -> list[tuple[str, SafeString]]:
    texts = [("", row.body_html)] if row.body else []
    experience = _extending(row, "experience")
    if isinstance(experience, Experience):
        texts += [(heading, text) for _name, heading, text in experience.parts()]
    notice = _extending(row, "notice")
    if notice is not None:
        texts.append((_("Organisation"), html.from_markdown(getattr(notice, "organisation", ""))))
    if isinstance(notice, Notice) and (line := noticeboard.in_words(notice)):
        texts.append((_("Where and when"), html.from_markdown(line)))
    return texts


def _whole(row: Contribution) -> str:
    experience, notice = _extending(row, "experience"), _extending(row, "notice")
    parts = {name: getattr(experience, name) for name, _heading in Experience.PARTS if experience}
    organisation = getattr(notice, "organisation", "")
    if notice is not None:
        parts = {"place": getattr(notice, "place", "")}
    return Content(title=row.title, body=row.body, parts=parts, organisation=organisation).whole


def _changed_fields(row: Revision) -> list[Change]:
    stands = row.contribution
    experience = _extending(stands, "experience")
    fields = [(_("In one line"), stands.title, row.title), ("", stands.body, row.body)]
    fields += [
        (str(heading), getattr(experience, name), row.parts.get(name, ""))
        for name, heading in Experience.PARTS
        if experience
    ]
    notice = _extending(stands, "notice")
    if isinstance(notice, Notice):
        fields += [(str(label), old, new) for label, old, new in noticeboard.changed(notice, row)]
    return changes(fields)
