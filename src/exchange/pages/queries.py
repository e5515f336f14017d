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
from exchange.webinars.planning import queries as planning
from exchange.webinars.planning.showing import webinar_cards

FEW = 4
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
    """The lists of the first page."""

    waiting: list[Card]
    answered: list[Card]
    experiences: list[Card]
    resources: list[Card]
    notices: list[Card]
    talk: list[Card]
    webinars: list[Card]
    figures: Figures


@dataclass(frozen=True)
class Group:
    """The newest of some kinds at one place, and the address of the whole list."""

    kind: str
    cards: list[Card]


def home() -> Home:
    """Everything the first page shows: seven lists, read anew when something public has changed,
    and one count kept for ten minutes."""
    waiting, answered, experiences, resources, notices, talk = remembered("home", _home_rows)
    # Read each time: what is coming goes by the clock, and not by what has changed alone.
    webinars = planning.next_ones(2)
    return Home(
        waiting=cards(waiting, with_excerpt=False),
        answered=cards(answered, with_excerpt=False),
        experiences=cards(experiences),
        resources=cards(resources, with_excerpt=False),
        notices=cards(notices, with_excerpt=False),
        talk=cards(talk, with_kind=True, with_excerpt=False),
        webinars=webinar_cards(webinars, with_excerpt=False),
        figures=figures(),
    )


def _home_rows() -> tuple[list[Contribution], ...]:
    listed = Contribution.objects.listed().for_lists()
    # Not "more than none": SQLite would take that range from an index and sort all of them.
    questions = listed.filter(kind="question").exclude(reply_count=0).newest()
    return (
        list(Contribution.objects.unanswered().for_lists()[:FEW]),
        list(questions[:3]),
        list(_newest(listed, "experience")[:FEW]),
        list(_newest(listed, "resource")[:FEW]),
        list(_newest(listed, "notice")[:3]),
        list(_newest(listed, "idea", "discussion")[:3]),
    )


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
        *(("question",), ("experience",), ("resource",), ("webinar",)),
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


def _newest(listed: QuerySet[Contribution], *kinds: str) -> QuerySet[Contribution]:
    return listed.filter(kind__in=kinds).order_by("-published_at", "-pk")


def _placed(key: str, kinds: tuple[str, ...]) -> QuerySet[Contribution]:
    bridge = "context_terms__"
    rows: QuerySet[Contribution] = Contribution.objects.listed().for_lists()
    return rows.filter(
        context_terms__term_id=key, context_terms__kind__in=kinds, context_terms__state="published"
    ).order_by(f"-{bridge}published_at", f"-{bridge}contribution_id")
