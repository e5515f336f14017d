"""One case as its page shows it: reports, words, log, looks and what is still to be done.
Called by the views of cases alone; without `unfolded` it holds no word of what was reported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.safeguarding import frozen, queries, targets
from exchange.safeguarding.models import Case, CaseEntry, Concern, Evidence, Look

What = CaseEntry.What
# What a careful handler has done by the end, and the entries that show it.
CHECKLIST = (
    (_("The facts are written down"), (What.NOTE,)),
    (_("Who had to know was told"), (What.TOLD,)),
    (_("A child protection service was asked or told"), (What.SERVICE,)),
    (_("The police were told, if there is danger"), (What.POLICE,)),
    (_("The writer was written to"), (What.POSTER,)),
    (_("It is decided what becomes of it"), (What.RESTORED, What.WITHDRAWN, What.KEPT, What.LEFT)),
)


@dataclass(frozen=True)
class Told:
    """One report as a handler sees it."""

    concern: Concern
    before: queries.Accuracy | None


@dataclass(frozen=True)
class Step:
    """One line of the checklist."""

    words: object
    is_done: bool


@dataclass(frozen=True)
class FrozenPicture:
    """One picture as it stood."""

    id: str
    sha256: str
    alt: str
    caption: str
    width: int
    height: int
    kb: int
    is_unchanged: bool


@dataclass(frozen=True)
class Kept:
    """Words as they stood, and the pictures beside them that are still kept."""

    row: Evidence
    pictures: list[FrozenPicture]


@dataclass(frozen=True)
class CaseFile:
    """Everything on the page."""

    url: str
    state: str
    reports: list[Told]
    evidence: list[Kept]
    entries: list[CaseEntry]
    looks: list[Look]
    steps: list[Step]


def of(case: Case, *, unfolded: bool) -> CaseFile:
    """In eight questions to the database, however much was reported."""
    concerns = list(case.concerns.select_related("reporter"))
    accuracy = queries.accuracy(concerns, but=case)
    entries = list(case.entries.select_related("by"))
    target = targets.of_case(case)
    item = case.contribution or case.reply
    done = {entry.what for entry in entries}
    return CaseFile(
        url=target.url if not case.is_sealed else "",
        state=item.get_state_display() if item else case.standing.label,
        reports=[Told(one, accuracy.get(one.told_by)) for one in concerns],
        evidence=[_kept(row) for row in case.evidence.all()] if unfolded else [],
        entries=entries,
        looks=list(case.looks.select_related("by").order_by("-at")[:30]),
        steps=[Step(words, bool(done & set(kinds))) for words, kinds in CHECKLIST],
    )


def _kept(row: Evidence) -> Kept:
    return Kept(row, [_picture(one) for one in row.pictures if "id" in one])


def _picture(told: dict[str, Any]) -> FrozenPicture:
    data = frozen.read(told["id"])
    return FrozenPicture(
        **{name: told[name] for name in ("id", "sha256", "alt", "caption", "width", "height")},
        kb=max(1, round(told["bytes"] / 1000)),
        is_unchanged=data is not None and frozen.mark_of(data) == told["sha256"],
    )
