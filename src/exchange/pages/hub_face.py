"""What the public face of a regional hub shows: its talk, its shelf, webinars, newsletter, hosts, figures.
Registered with `hubs.showing` by hooks; read anew when something public has changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from exchange.contributions.cards import Card, cards
from exchange.contributions.models import ContextTerm, Contribution, State
from exchange.core.doors import Marked
from exchange.core.languages import named
from exchange.core.remembering import remembered
from exchange.core.time import now
from exchange.hubs.models import Membership, Space
from exchange.library.models import Resource, ShelfItem
from exchange.members.models import Member
from exchange.taxonomy.vocabulary import country_name
from exchange.webinars.planning import queries as planning

# A number of people is told from here on.
FLOOR = 5
_QUARTER = timedelta(days=90)
_FEW = {"question": 4, "experience": 3, "resource": 3}


@dataclass(frozen=True)
class Figures:
    """Sums, nothing about anybody; 0 where it may not be told."""

    people: int = 0
    countries: int = 0
    answered: int = 0


@dataclass(frozen=True)
class Face:
    """As its rows stand in memory: cards are laid out in the reader's language."""

    rows: dict[str, list[Contribution]]
    hosts: list[Member]
    groups: list[Space]
    figures: Figures

    def cards(self, kind: str) -> list[Card]:
        return cards(self.rows[kind], with_excerpt=kind == "experience")


def shown(space: Space, reader: Member | None) -> dict[str, Any]:
    """For the template of the face. The next webinar goes by the clock, so it is read each time."""
    face = remembered(("hub-face", space.pk, space.version), lambda: _face(space))
    coming = planning.next_ones(2, hub=space.region) if space.region else []
    return {
        "face": face,
        "face_questions": face.cards("question"),
        "face_experiences": face.cards("experience"),
        "face_records": face.cards("resource"),
        "face_webinars": cards(coming, with_excerpt=False),
        "face_languages": ", ".join(named(code) for code in space.language_codes),
        "face_countries": sorted(
            ((code.lower(), country_name(code)) for code in space.country_codes),
            key=lambda pair: pair[1],
        ),
        "face_titles": {
            "webinars": _("The next webinar"),
            "questions": _("What people are asking"),
            "experiences": _("What people did"),
        },
    }


def _face(space: Space) -> Face:
    hosting = Membership.objects.hosting().filter(
        space=space, member__is_active=True, member__erased_at=None
    )
    groups = Space.objects.visible_to(None).groups().filter(parent=space)
    return Face(
        rows=_rows(space),
        hosts=[row.member for row in hosting.select_related("member").order_by("since", "pk")],
        groups=list(groups.order_by("name", "pk")[:10]),
        figures=_figures(space),
    )


def _rows(space: Space) -> dict[str, list[Contribution]]:
    """The newest of each kind in one question: what is about its countries, what was written in it,
    and what stands on its shelf."""
    listed = Contribution.objects.listed()
    picked: dict[str, QuerySet[Any]] = {
        "question": listed.filter(kind="question").filter(_near(space, "question")),
        "experience": listed.filter(kind="experience").filter(_near(space, "experience")),
        "resource": listed.filter(kind="resource").filter(_on_shelf(space)),
    }
    arms = [
        Contribution.objects.for_lists().filter(pk__in=_newest(rows)[: _FEW[kind]].values("pk"))
        for kind, rows in picked.items()
    ]
    found: dict[str, list[Contribution]] = {kind: [] for kind in picked}
    for row in arms[0].union(*arms[1:], all=True):
        found[row.kind].append(row)
    for some in found.values():
        some.sort(key=lambda one: (one.published_at, one.pk), reverse=True)
    return found


def _newest(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by("-published_at", "-pk")


def _near(space: Space, kind: str) -> Q:
    keys = [f"country:{code}" for code in space.country_codes]
    there = ContextTerm.objects.filter(term_id__in=keys, kind=kind, state=State.PUBLISHED)
    # A text about two countries of the hub stands there twice.
    newest = there.order_by("-published_at", "-contribution_id")[: 4 * _FEW[kind]]
    return Q(pk__in=newest.values("contribution_id")) | Q(space=space)


def _on_shelf(space: Space) -> Q:
    """What stands on its shelf, or was marked useful for it."""
    if not space.region:
        return Q(pk__in=())
    items: QuerySet[Any] = ShelfItem.objects.visible_to(None).filter(shelf__hub=space.region)
    marks = Concat(Value(" "), "useful_for", Value(" "))
    useful: QuerySet[Any] = Resource.objects.exclude(useful_for="").annotate(hub_marks=marks)
    marked = useful.filter(hub_marks__contains=f" {space.region} ").order_by()
    return Q(pk__in=items.order_by().values("resource_id")) | Q(pk__in=marked.values("pk"))


def _figures(space: Space) -> Figures:
    inside = Membership.objects.within().filter(
        space=space, member__is_active=True, member__erased_at=None
    )
    people = inside.aggregate(
        people=Count("pk"), countries=Count("member__country", distinct=True, filter=~Q(member__country=""))
    )  # fmt: skip
    keys = [f"country:{code}" for code in space.country_codes]
    near = ContextTerm.objects.filter(term_id__in=keys, kind="question", state=State.PUBLISHED)
    answered = (
        Contribution.objects.listed()
        .filter(kind="question", reply_count__gt=0, published_at__gt=now() - _QUARTER)
        .filter(Q(pk__in=near.values("contribution_id")) | Q(space=space))
        .count()
    )
    counted = Figures(answered=answered)
    if people["people"] < FLOOR:
        return counted
    return replace(counted, people=people["people"], countries=people["countries"])


def pages_with(marked: Marked) -> list[str]:
    """The hubs whose face shows words about this country: for the doors."""
    hubs = Space.objects.visible_to(None).hubs()
    return [hub.get_absolute_url() for hub in hubs if marked.country in hub.country_codes]
