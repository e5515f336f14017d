"""The row that readers see, written from a page: kept, let out, taken back. One way for each sort.
Called by the actions beside it alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exchange.briefings.briefs import actions as briefs
from exchange.briefings.builder.words import change_words
from exchange.briefings.models import Brief, Newsletter
from exchange.briefings.writing_room import bind, say_same
from exchange.contributions import actions as spine
from exchange.contributions.models import State
from exchange.contributions.pictures.actions import Ready
from exchange.core import text
from exchange.members.models import Member
from exchange.pages.models import HouseText
from exchange.pages.telling import actions as telling
from exchange.writing.models import BriefPage, HousePage, NewsletterPage, Standing, WrittenPage
from exchange.writing.publishing import naming, pictures, quoted
from exchange.writing.publishing.words import beside_of, content_of, house_words, put_body


def keep(page: WrittenPage, by: Member) -> None:
    """Write down what is not public yet, so that people can be asked and other hosts can read it.
    Raises ChangedMeanwhile, NotThere, NotAllowed."""
    if isinstance(page, BriefPage):
        row = page.outside
        if row is None:
            _begin_brief(page, by)
        elif row.state == State.DRAFT:
            _change_brief(page, row, by, insist=False)


def let_out(page: WrittenPage, by: Member, *, insist: bool, shown: Sequence[Ready] = ()) -> bool:
    """Whether the words of the page stand outside now; False when they wait for another host.
    Raises what the actions of each room raise."""
    if isinstance(page, BriefPage):
        row, stands = _brief(page, by, insist)
        other = page.translation_of
        say_same(row=row, other=other.outside if other is not None else None)
        pictures.follow(shown, row, by)
        return stands and row.is_public
    if isinstance(page, NewsletterPage):
        return _newsletter(page, by, insist)
    if isinstance(page, HousePage):
        return _house(page, by, insist)
    raise TypeError(type(page))


def take_back(page: WrittenPage, by: Member) -> None:
    """Nobody reads it any more. Nothing outside: nothing happens. Raises NotAllowed."""
    row = page.outside
    if isinstance(row, HouseText):
        telling.take_down(text=row, by=by)
    elif isinstance(row, Brief) and row.state != State.WITHDRAWN:
        briefs.withdraw(brief=row, by=by)
    elif isinstance(row, Newsletter) and row.is_public:
        spine.withdraw(contribution=row, by=by)


def shown_again(page: WrittenPage) -> WrittenPage:
    """The page with the words that stand outside now; not saved."""
    fresh: WrittenPage = type(page).objects.get(pk=page.pk)
    row = fresh.outside
    fresh.title = fresh.draft_title = row.title or fresh.title
    fresh.language = row.language
    put_body(fresh, row.body)
    if isinstance(fresh, HousePage):
        fresh.summary = row.summary
    if isinstance(fresh, BriefPage):
        _as_brief(fresh, row)
    if isinstance(fresh, NewsletterPage):
        fresh.local_title, fresh.message = row.local_title, row.message
        put_body(fresh, row.local, "local")
    return fresh


def _as_brief(page: BriefPage, row: Brief) -> None:
    # A summary that is the beginning of the text is made anew by itself.
    begun = text.excerpt(row.body, 200)[:300]
    page.summary = "" if row.summary == begun else row.summary
    page.message, page.credit, page.hub = row.message, row.credit, row.hub
    page.review_on = row.review_on
    page.topics, page.countries = row.topic_slugs, row.country_codes
    found = row.sources.select_related("contribution")
    page.sources = naming.lines_of([source.contribution for source in found])


def version_of(page: WrittenPage) -> int:
    """The version a draft goes back to."""
    kept = Standing.objects.filter(page_id=page.pk).first()
    if kept is not None and kept.version:
        return kept.version
    row = page.outside
    return int(row.version) if row is not None else 0


def note_version(page: WrittenPage) -> None:
    """What the page says now is what stands outside, or what waits there."""
    row = page.outside
    if row is not None:
        Standing.objects.update_or_create(page_id=page.pk, defaults={"version": row.version})


def _brief(page: BriefPage, by: Member, insist: bool) -> tuple[Brief, bool]:
    row = page.outside
    if row is None:
        raise LookupError("kept before it is let out")
    stands = True
    if row.state not in (State.DRAFT, State.HELD):
        stands = _change_brief(page, row, by, insist=insist)
    elif row.state == State.HELD:
        _change_brief(page, row, by, insist=insist)
        row.refresh_from_db()
    return briefs.publish(brief=row, by=by, insist=insist), stands


def _begin_brief(page: BriefPage, by: Member) -> None:
    sources, _missing = naming.sources_of(page.sources, by)
    content = content_of(page)
    row = briefs.prepare(
        content=replace(content, other_terms=_terms(page)),
        by=by,
        sources=sources,
        quotes=quoted.passages(page, sources),
        message=text.clean(page.message),
        credit=text.clean(page.credit),
        hub=page.hub,
        review_on=page.review_on,
        once_key=f"page-{page.pk}",
    )
    bind(row=row, page_id=page.pk)
    note_version(page)


def _change_brief(page: BriefPage, row: Brief, by: Member, *, insist: bool) -> bool:
    sources, _missing = naming.sources_of(page.sources, by)
    if row.state == State.DRAFT:
        quoted.choose(page, row, sources, by)
    stands = briefs.change(
        brief=row,
        content=content_of(page),
        by=by,
        version=version_of(page),
        message=text.clean(page.message),
        credit=text.clean(page.credit),
        hub=page.hub,
        review_on=page.review_on,
        sources=sources,
        insist=insist,
    )
    if stands:
        note_version(page)
    return stands


def _terms(page: BriefPage) -> tuple[str, ...]:
    return (f"region:{page.hub}",) if page.hub else ()


def _newsletter(page: NewsletterPage, by: Member, insist: bool) -> bool:
    row = page.outside
    if row is None:
        raise LookupError("made from an edition")
    content = content_of(page)
    stands = change_words(
        edition=row,
        title=content.title,
        body=content.body,
        by=by,
        version=version_of(page),
        insist=insist,
        **beside_of(page),
    )
    if stands:
        note_version(page)
    row.refresh_from_db()
    return stands and row.is_public


def _house(page: HousePage, by: Member, insist: bool) -> bool:
    telling.publish_text(
        name=page.name,
        language=page.language,
        words=house_words(page),
        by=by,
        page_id=page.pk,
        version=version_of(page) or None,
        insist=insist,
    )
    note_version(page)
    return True
