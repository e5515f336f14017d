"""Publishing a page, taking it back, and following what happened outside. One way for a press of the
button and for an hour that has come. Called by the editor's hooks, the commands and opening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.models import FormState
from wagtail.models import Page, Revision

from exchange.briefings.errors import NotAgreed, NotNow, NotThere
from exchange.briefings.writing_room import put_due
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, Refused
from exchange.contributions.pictures.actions import Ready
from exchange.core.gates import Reason
from exchange.core.time import now
from exchange.members.models import Member
from exchange.writing.models import BriefPage, Standing, WrittenPage
from exchange.writing.publishing import outside, pictures, sources
from exchange.writing.publishing.words import digest

# What can stand in the way, by the code that is kept and shown in words.
TROUBLE: dict[type[Exception], str] = {
    Noticed: "noticed",
    Refused: "refused",
    NotAgreed: "not-agreed",
    NotThere: "not-there",
    ChangedMeanwhile: "changed",
    NotAllowed: "not-allowed",
    NotNow: "not-now",
    pictures.NotReady: "picture",
    sources.Unknown: "source",
}


@dataclass(frozen=True)
class Outcome:
    """What became of it: "public", "waiting", "kept" (a newsletter that is still built),
    "scheduled", or the code of what stands in the way."""

    code: str

    @property
    def is_trouble(self) -> bool:
        return self.code in TROUBLE.values()


def press(*, revision: Revision, by: Member, insist: bool = False) -> Outcome:
    """Publish what stands in this draft, now or at its hour. The draft is kept whatever happens;
    the page is live only if the row outside is. `insist` counts for the words a gate was asked
    about and for no others."""
    page: WrittenPage = revision.as_object()
    if page.go_live_at is not None and page.go_live_at > now():
        return _schedule(page, revision, by)
    return let_out(revision=revision, by=by, insist=insist and was_asked(page))


def let_out(*, revision: Revision, by: Member, insist: bool = False) -> Outcome:
    """As `press`, whatever hour is set."""
    page: WrittenPage = revision.as_object()
    try:
        # Making pictures anew takes its time; nothing is locked meanwhile.
        shown = _whole(page, by)
        outside.keep(page, by)
        with transaction.atomic():
            stands = outside.let_out(page, by, insist=insist, shown=shown)
            _note(page, "")
            return _followed(page, revision, by, stands)
    except tuple(TROUBLE) as trouble:
        code = next(code for kind, code in TROUBLE.items() if isinstance(trouble, kind))
        _note(page, code, getattr(trouble, "reasons", ()))
        _not_scheduled(page)
        return Outcome(code)


def take_back(*, page: WrittenPage, by: Member) -> None:
    """Out of every door, and of the room: of what was withdrawn no draft stays either. The
    Exchange's own texts keep theirs, and the text that came with the program holds again."""
    with transaction.atomic():
        outside.take_back(page, by)
        put_due(page_id=page.pk, at=None)
        follow(page=page)


def delete(*, page: WrittenPage, by: Member) -> None:
    """As `take_back`, and the page goes whatever it was. An edition stays at the desk."""
    with transaction.atomic():
        outside.take_back(page, by)
        remove(page=page)


def follow(*, page: WrittenPage, forget: bool = False) -> None:
    """Make the page what its row is. With `forget`, words had to leave every version."""
    row = page.outside
    with transaction.atomic():
        if row is not None and _is_gone(row):
            remove(page=page)
        elif row is not None and forget:
            _forget_drafts(page)
        elif not page.is_public:
            _not_live(page)
        elif not page.live or outside.version_of(page) != row.version:
            _live_as_outside(page)


def remove(*, page: WrittenPage) -> None:
    """The page with all its drafts, and its title in what the editor wrote down."""
    put_due(page_id=page.pk, at=None)
    row = page.outside
    if row is not None:
        type(row).objects.filter(pk=row.pk).update(page_id=None)
    forget_titles(page)
    Page.objects.get(pk=page.pk).delete()
    forget_titles(page)


def forget_titles(page: WrittenPage) -> None:
    """The editor's own diary keeps what was done and by whom, and no word of the page."""
    log: Any = Page._meta.apps.get_model("wagtailcore", "PageLogEntry")
    log.objects.filter(page_id=page.pk).update(label="", data={})
    # What was typed and only looked at is kept for the preview.
    typed = FormState.objects.filter(object_id=str(page.pk), content_type=page.cached_content_type)
    (typed | FormState.objects.stale()).delete()


def was_asked(page: WrittenPage) -> bool:
    """Whether a gate asked about these very words."""
    kept = Standing.objects.filter(page_id=page.pk, code="noticed").first()
    return kept is not None and kept.digest == digest(page)


def make_live(revision: Revision, by: Member | None) -> None:
    """In the editor's own terms, once the row outside is public."""
    action = PublishPageRevisionAction(revision, user=by, log_action=by is not None)
    # Its hour has come by our clock, whatever the editor's says.
    action.object.go_live_at = None
    action.execute(skip_permission_checks=True)


def _whole(page: WrittenPage, by: Member) -> list[Ready]:
    if not isinstance(page, BriefPage):
        return []
    sources.must_be_known(page, by)
    return pictures.made_ready(page, by)


def _schedule(page: WrittenPage, revision: Revision, by: Member) -> Outcome:
    with transaction.atomic():
        page.revisions.exclude(pk=revision.pk).update(approved_go_live_at=None)
        revision.approved_go_live_at = page.go_live_at
        revision.user = revision.user or by
        revision.save(update_fields=["approved_go_live_at", "user"])
        Page.objects.filter(pk=page.pk).update(
            go_live_at=page.go_live_at, expire_at=page.expire_at, has_unpublished_changes=True
        )
        _note(page, "")
        put_due(page_id=page.pk, at=page.go_live_at)
    return Outcome("scheduled")


def _followed(page: WrittenPage, revision: Revision, by: Member, stands: bool) -> Outcome:
    """The page after its words were taken outside."""
    row = page.outside
    if stands:
        make_live(revision, by)
        put_due(page_id=page.pk, at=_end_of(page))
        return Outcome("public")
    _not_scheduled(page)
    waits = getattr(row, "state", "") == "waiting" or (row is not None and row.is_public)
    return Outcome("waiting" if waits else "kept")


def _end_of(page: WrittenPage) -> Any:
    return page.expire_at if page.expire_at is not None and page.expire_at > now() else None


def _not_scheduled(page: WrittenPage) -> None:
    page.revisions.update(approved_go_live_at=None)
    put_due(page_id=page.pk, at=_end_of(page) if page.is_public else None)


def _is_gone(row: Any) -> bool:
    return getattr(row, "sealed_at", None) is not None or getattr(row, "state", "") == "withdrawn"


def _not_live(page: WrittenPage) -> None:
    Page.objects.filter(pk=page.pk, live=True).update(
        live=False, live_revision=None, has_unpublished_changes=True
    )


def _live_as_outside(page: WrittenPage) -> None:
    """What readers see becomes what is live; a draft that somebody has begun stays the newest."""
    draft = page.get_latest_revision_as_object()
    shown = outside.shown_again(page)
    if digest(shown) == digest(draft) and draft.latest_revision is not None:
        make_live(draft.latest_revision, None)
    else:
        make_live(shown.save_revision(clean=False), None)
        draft.save_revision(clean=False)
    outside.note_version(page)


def _forget_drafts(page: WrittenPage) -> None:
    shown = outside.shown_again(page)
    shown.live_revision = None
    # Its address in the room was made from its title.
    shown.slug = f"page-{page.pk}"
    shown.set_url_path(page.get_parent())
    fresh = shown.save_revision(clean=False)
    page.revisions.exclude(pk=fresh.pk).delete()
    forget_titles(page)
    outside.note_version(page)
    if page.is_public:
        make_live(fresh, None)
    else:
        shown.live = False
        shown.save(clean=False)
    _note(page, "forgotten")


def _note(page: WrittenPage, code: str, reasons: tuple[Reason, ...] = ()) -> None:
    told = [[one.code, one.start, one.end, one.field] for one in reasons]
    kept = {"code": code, "reasons": told, "digest": digest(page) if code else "", "at": now()}
    Standing.objects.update_or_create(page_id=page.pk, defaults=kept)
