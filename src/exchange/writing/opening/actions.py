"""Opening a brief, an edition or one of the Exchange's own texts: its page is made from what stands
outside, or its draft brought up to that. Called by the views of the same names."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page

from exchange.briefings.models import Brief, Newsletter
from exchange.briefings.writing_room import bind
from exchange.contributions.errors import NotAllowed
from exchange.core.languages import INTERFACE
from exchange.members.models import Member
from exchange.pages import texts
from exchange.pages.models import HouseText
from exchange.writing.models import (
    BriefPage,
    HousePage,
    NewsletterPage,
    Shelf,
    Standing,
    WrittenPage,
)
from exchange.writing.opening.shelves import shelf
from exchange.writing.publishing import outside
from exchange.writing.publishing.actions import make_live
from exchange.writing.publishing.words import digest, put_body


def open_brief(*, brief: Brief, by: Member) -> BriefPage:
    """Raises NotAllowed for one that is withdrawn or sealed."""
    page = _opened(BriefPage(language=brief.language), brief, Shelf.Holds.BRIEFS, by)
    assert isinstance(page, BriefPage)  # noqa: S101 - it was made here
    return page


def open_newsletter(*, edition: Newsletter, by: Member) -> NewsletterPage:
    """As `open_brief`."""
    page = _opened(NewsletterPage(language=edition.language), edition, Shelf.Holds.NEWSLETTERS, by)
    assert isinstance(page, NewsletterPage)  # noqa: S101 - it was made here
    return page


def open_house(*, name: str, language: str, by: Member) -> HousePage:
    """The page of a text, begun with what readers see now. Raises LookupError for a text that does
    not exist."""
    if name not in HouseText.Name.values or language not in INTERFACE:
        raise LookupError(name)
    with transaction.atomic():
        page: HousePage | None = HousePage.objects.filter(name=name, language=language).first()
        if page is None:
            return _begun_house(name, language, by)
        if page.is_public:
            _bring_up(page, by)
    return page


def _opened(blank: WrittenPage, row: Any, holds: str, by: Member) -> WrittenPage:
    if row.sealed_at is not None or row.state == "withdrawn":
        raise NotAllowed
    with transaction.atomic():
        # Two hosts at once open one page.
        locked = type(row).objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
        kept = type(blank).objects.filter(pk=locked.page_id)
        page: WrittenPage | None = kept.first() if locked.page_id else None
        if page is None:
            return _begun(blank, locked, holds, by)
        _bring_up(page, by)
    return page


def _begun(blank: WrittenPage, row: Any, holds: str, by: Member) -> WrittenPage:
    kind = type(blank)._meta.model_name.removesuffix("page")
    blank.title, blank.slug = row.title or f"{kind} {row.pk}", f"{kind}-{row.pk}"
    page = _put(blank, holds, by)
    bind(row=row, page_id=page.pk)
    return _filled(page, by)


def _begun_house(name: str, language: str, by: Member) -> HousePage:
    text = texts.source(name, language)
    slug = f"{name.replace('_', '-')}-{language}"
    blank = HousePage(name=name, language=language, title=text.title or name, slug=slug)
    page = _put(blank, Shelf.Holds.PAGES, by)
    assert isinstance(page, HousePage)  # noqa: S101 - it was made here
    HouseText.objects.filter(name=name, language=language).update(page_id=page.pk)
    if page.is_public:
        _filled(page, by)
        return page
    put_body(page, text.body)
    page.summary = text.summary
    page.save_revision(user=by, clean=False)
    page.save()
    return page


def _put(blank: WrittenPage, holds: str, by: Member) -> WrittenPage:
    blank.live, blank.has_unpublished_changes, blank.owner = False, True, by
    # Treebeard writes the numbers of the shelf it is put on; so it is read anew.
    place = Page.objects.get(pk=shelf(holds).pk).specific
    made: WrittenPage = place.add_child(instance=blank)
    return made


def _filled(page: WrittenPage, by: Member) -> WrittenPage:
    shown = outside.shown_again(page)
    revision = shown.save_revision(user=by, clean=False)
    if shown.is_public:
        make_live(revision, by)
    else:
        shown.save(clean=False)
    outside.note_version(shown)
    fresh: WrittenPage = type(page).objects.get(pk=page.pk)
    return fresh


def _bring_up(page: WrittenPage, by: Member) -> None:
    """A newer text outside becomes the draft; the draft before it stays in the history."""
    row = page.outside
    standing = Standing.objects.filter(page_id=page.pk).first()
    if row is None or (standing is not None and standing.version == row.version):
        return
    shown = outside.shown_again(page)
    if digest(shown) != digest(page.get_latest_revision_as_object()):
        _filled(page, by)
        Standing.objects.filter(page_id=page.pk).update(code="newer")
    outside.note_version(page)
