"""Reads of the front pages: what the home shows, and what a topic or a country has.
Called by the views of pages alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, QuerySet, Subquery

from exchange.contributions.cards import Card, cards
from exchange.contributions.models import ContextTerm, Contribution, State
from exchange.core.paging import Page, page
from exchange.core.remembering import remembered
from exchange.members.models import Member
from exchange.pages import home_parts
from exchange.pages.home_parts import FEW, Part
from exchange.pages.steering import queries as steering
from exchange.pages.steering.queries import Featured, Theme

_FIGURES_KEPT = 600


@dataclass(frozen=True)
class Figures:
    """How much there is, counted now and then."""

    questions: int
    experiences: int
    resources: int
    countries: int


@dataclass(frozen=True)
class Home:
    """The first page, in the order hosts chose."""

    parts: list[Part]
    figures: Figures
    featured: Featured | None
    theme: Theme | None


@dataclass(frozen=True)
class Group:
    """The newest of some kinds at one place, and the address of the whole list."""

    kind: str
    cards: list[Card]


def home() -> Home:
    """Everything the first page shows: its lists in one question, read anew when something public
    has changed, and one count kept for ten minutes."""
    found, count = remembered("home", home_parts.rows), figures()
    featured, theme = steering.home()
    parts = [home_parts.part(code, found, count.resources) for code in steering.order()]
    return Home(parts=parts, figures=count, featured=featured, theme=theme)


def figures() -> Figures:
    """Counts in the large, kept for ten minutes: nobody is helped by the exact one."""
    found: Figures | None = cache.get("pages.figures")
    if found is None:
        listed = Contribution.objects.listed().order_by()
        # Both counts in one question: the first page has few to spare.
        placed = ContextTerm.objects.filter(state=State.PUBLISHED, term__vocabulary="country")
        places = placed.order_by().values("state").annotate(n=Count("term", distinct=True))
        rows = listed.values("kind").annotate(n=Count("pk"), places=Subquery(places.values("n")))
        by_kind = {row["kind"]: row["n"] for row in rows}
        countries = max((row["places"] or 0 for row in rows), default=0)
        found = Figures(
            questions=by_kind.get("question", 0),
            experiences=by_kind.get("experience", 0),
            resources=by_kind.get("resource", 0),
            countries=countries,
        )
        cache.set("pages.figures", found, _FIGURES_KEPT)
    return found


def of_term(key: str) -> list[Group]:
    """The newest listed contributions that a term places, by kind; one query for each group."""
    groups = (
        *(("question",), ("brief",), ("experience",), ("resource",), ("webinar",)),
        ("idea", "discussion", "notice"),
    )
    return [
        Group(kinds[0], cards(_placed(key, kinds)[: FEW + 1], with_kind=len(kinds) > 1))
        for kinds in groups
    ]


def shared_by(
    member: Member, viewer: Member | None, *, after: str, before: str
) -> Page[Contribution]:
    """What a person shared, the newest first, as far as the viewer may see it."""
    rows = Contribution.objects.visible_to(viewer).listed().filter(author=member).for_lists()
    return page(rows, after=after, before=before)


def _placed(key: str, kinds: tuple[str, ...]) -> QuerySet[Contribution]:
    bridge = "context_terms__"
    rows: QuerySet[Contribution] = Contribution.objects.listed().for_lists()
    return rows.filter(
        context_terms__term_id=key, context_terms__kind__in=kinds, context_terms__state="published"
    ).order_by(f"-{bridge}published_at", f"-{bridge}contribution_id")
