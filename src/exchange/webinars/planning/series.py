"""Series: webinars that belong together under one name. Begun by hosts, read by everybody.
Called by the views of planning."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from exchange.contributions.errors import NotAllowed
from exchange.core import ids
from exchange.members.models import Member
from exchange.webinars.models import Series
from exchange.webinars.planning import rules
from exchange.webinars.planning.actions import must_pass


def begin_series(*, title: str, words: str, language: str, by: Member) -> Series:
    """A name for webinars to come; the same title again gives the same series. Raises NotAllowed,
    Refused, Noticed."""
    if not rules.may_plan(by):
        raise NotAllowed
    must_pass(f"{title}\n\n{words}".strip(), by=by, language=language)
    slug = ids.slug(title) or ids.new_id()[:12].lower()
    given = {"title": title, "words": words, "language": language, "by": by}
    try:
        with transaction.atomic():
            series, _is_new = Series.objects.get_or_create(slug=slug[:70], defaults=given)
    except IntegrityError:
        series = Series.objects.get(slug=slug[:70])
    return series


def change_series(*, series: Series, title: str, words: str, language: str, by: Member) -> Series:
    """Other words; the address stays. Raises as begin_series."""
    if not rules.may_plan(by):
        raise NotAllowed
    must_pass(f"{title}\n\n{words}".strip(), by=by, language=language)
    series.title, series.words, series.language = title, words, language
    series.save(update_fields=["title", "words", "language"])
    return series
