"""What a notice says beside its words: what it is, where, from when to when, and whose it is.
Called by the actions, forms, cards and pages of notices, and by the page of an organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, Notice, Revision
from exchange.core import languages, words
from exchange.core.time import now
from exchange.members.models import Member
from exchange.organisations import queries as organisations
from exchange.organisations.models import Organisation

# What stands in columns of its own and is no text.
_CODES = ("sort", "starts_on", "ends_on")
SOONEST = 60


def linked_to(author: Member | None, name: str) -> Organisation | None:
    """The page a notice stands on: that of the organisation named, whatever the spelling, if its
    author looks after it or is a host."""
    found = organisations.by_name(name) if author is not None else None
    if author is None or found is None:
        return None
    if author.is_host or organisations.spoken_for(author).filter(pk=found.pk).exists():
        return found
    return None


def usual_name(author: Member, slug: str = "") -> str:
    """As whose a notice of theirs begins: the organisation they come from, or the one whose page
    they look after."""
    theirs = organisations.spoken_for(author)
    chosen = theirs.filter(slug=slug) if slug else theirs.order_by("pk")[:1]
    if slug and author.is_host:
        chosen = Organisation.objects.visible_to(author).filter(slug=slug)
    return next((one.name for one in chosen), "")


def facts_of(content: Content) -> dict[str, Any]:
    """What a change of a notice keeps beside its words until a host has let it out."""
    kept = {name: _plain(content.columns.get(name)) for name in _CODES if name in content.columns}
    ends = content.expires_at.isoformat() if content.expires_at else None
    return {**kept, "organisation": content.organisation, "expires_at": ends}


def with_facts(facts: Mapping[str, Any], notice: Notice) -> dict[str, Any]:
    """The same back, as Content takes it; what was not kept stays as the notice has it."""
    if not facts:
        return {"organisation": notice.organisation, "columns": columns_of(notice)}
    ends = facts.get("expires_at")
    days = {name: _day(facts.get(name)) for name in ("starts_on", "ends_on")}
    return {
        "organisation": facts.get("organisation", ""),
        "expires_at": datetime.fromisoformat(ends) if ends else None,
        "columns": {"sort": facts.get("sort") or "", **days},
    }


def columns_of(notice: Notice) -> dict[str, Any]:
    return {name: getattr(notice, name) for name in _CODES}


def told(rows: Sequence[Contribution]) -> dict[int, str]:
    """What a card says first: "Event · Kisumu · 3–5 March"; for many, in one question."""
    found = [row for row in rows if isinstance(row, Notice)]
    if missing := {row.pk for row in rows} - {row.pk for row in found}:
        others: Any = Notice.objects.filter(pk__in=missing)
        found += others.only("pk", "sort", "place", "starts_on", "ends_on")
    return {row.pk: line for row in found if (line := in_words(row))}


def in_words(notice: Notice) -> str:
    """What, where and when, in the language that is active."""
    place = notice.place
    if place and languages.direction(languages.current()) == "rtl":
        # A name in other letters keeps its own direction, and what stands around it keeps its own.
        place = f"\u2068{place}\u2069"
    pieces = [capfirst(str(notice.get_sort_display())) if notice.sort else "", place]
    return " · ".join(filter(None, [*pieces, when(notice)]))


def when(notice: Notice) -> str:
    if notice.starts_on is None:
        return ""
    return words.days(notice.starts_on, notice.ends_on)


def soonest(narrowing: Mapping[str, str]) -> list[Notice]:
    """Running notices with a day that has not passed, what comes soonest first."""
    today = now().date()
    rows = _listed().filter(starts_on__isnull=False)
    coming = rows.filter(starts_on__gte=today) | rows.filter(ends_on__gte=today)
    if narrowing.get("sort"):
        coming = coming.filter(sort=narrowing["sort"])
    if narrowing.get("country"):
        key = f"country:{narrowing['country']}"
        coming = coming.filter(context_terms__term_id=key)
    return list(coming.order_by("starts_on", "pk")[:SOONEST])


def running_of(organisation: Organisation, most: int) -> list[Notice]:
    """The notices that stand in the name of an organisation, the newest first."""
    rows = _listed().filter(by_organisation=organisation)
    return list(rows.order_by("-published_at", "-pk")[:most])


def _listed() -> Any:
    """Rows of notices that stand in lists: the shared queryset does not say whose rows it has."""
    return Notice.objects.listed().for_lists()


def changed(notice: Notice, revision: Revision) -> list[tuple[Any, str, str]]:
    """(what, as it stands, as it would stand) of everything beside the words, for the desk."""
    facts = with_facts(revision.facts, notice)
    other = Notice(place=revision.parts.get("place", notice.place), **facts["columns"])
    return [
        (_("Organisation"), notice.organisation, facts["organisation"]),
        (_("Where and when"), in_words(notice), in_words(other)),
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
