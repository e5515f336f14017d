"""The numbers of the library for hosts: what waits, what is broken, what is missing.
Called by the overview at the desk. Simple counts, remembered until something public changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.contributions.models import State
from exchange.core.remembering import remembered
from exchange.core.time import now
from exchange.library.depositing.dating import CHECK_AGAIN_AFTER, GUIDING, STALE_AFTER_YEARS
from exchange.library.health import waiting
from exchange.library.health.queries import link_problems
from exchange.library.models import (
    Evidence,
    File,
    GiveBack,
    Reading,
    Resource,
    Rung,
    Standing,
)


@dataclass(frozen=True)
class Number:
    """One number, what it counts, and where one goes on from it."""

    label: str
    n: int
    url: str = ""


@dataclass(frozen=True)
class Overview:
    """The numbers of the overview, in three groups."""

    to_do: list[Number]
    broken: list[Number]
    missing: list[Number]


def overview() -> Overview:
    """All of it; the words in the reader's language."""
    n = {**remembered(("library-overview",), _counted), **waiting.numbers()}
    desk = {name: reverse(f"library-desk:{name}") for name in _PAGES}
    return Overview(
        to_do=[
            Number(_("Records that wait for a host"), n["waiting"], desk["added"]),
            Number(_("Short versions and other words that wait"), n["offered"], desk["offered"]),
            Number(_("Collections that wait"), n["shelves"], desk["shelves"]),
            Number(_("Files to look at"), n["files"] - n["fixity"], desk["files"]),
            Number(_("Reading problems readers told of"), n["readings"], desk["readings"]),
        ],
        broken=[
            Number(_("Files that could not be read"), n["failed"], desk["readings"]),
            Number(_("Links that do not answer"), n["links"], desk["links"]),
            Number(_("Files that are not as they were kept"), n["fixity"], desk["files"]),
        ],
        missing=[
            Number(_("Records that can be read by everybody"), n["records"]),
            Number(_("without a light view"), n["without_light"]),
            Number(_("without one sentence"), n["without_sentence"]),
            Number(_("research that does not say what was given back"), n["without_give_back"]),
            Number(_("old guidance no host has looked at lately"), n["stale"]),
        ],
    )


_PAGES = ("added", "offered", "shelves", "files", "readings", "links")


def _counted() -> dict[str, int]:
    records: Any = Resource.objects
    public = records.listed().order_by()
    bad = (File.Fixity.CHANGED, File.Fixity.MISSING)
    sentence = Rung.objects.filter(
        resource=OuterRef("pk"), length=Rung.Length.SENTENCE, standing=Standing.PUBLISHED
    )
    given = GiveBack.objects.filter(resource=OuterRef("pk"), standing=Standing.PUBLISHED)
    return {
        "waiting": records.filter(state=State.WAITING).order_by().count(),
        "failed": Reading.objects.filter(
            state=Reading.State.FAILED, file__state=File.State.KEPT
        ).count(),
        "links": link_problems(),
        "fixity": File.objects.filter(state=File.State.KEPT, fixity__in=bad).count(),
        "records": public.count(),
        "without_light": public.filter(readable_size=0).count(),
        "without_sentence": public.filter(~Exists(sentence)).count(),
        "without_give_back": public.filter(evidence=Evidence.RESEARCH)
        .filter(~Exists(given))
        .count(),
        "stale": public.filter(_is_stale()).count(),
    }


def _is_stale() -> Q:
    """As `depositing.dating.is_old` says of one record."""
    moment = now()
    unseen = Q(checked_at=None) | Q(checked_at__lt=moment - CHECK_AGAIN_AFTER)
    old = Q(year__gt=0, year__lt=moment.year - STALE_AFTER_YEARS)
    guides = Q(evidence=Evidence.GUIDANCE) | Q(
        types__regex=rf"(^| )({'|'.join(sorted(GUIDING))})( |$)"
    )
    return unseen & old & guides
