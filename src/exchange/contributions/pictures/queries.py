"""The pictures of a page, prepared for one reader: what they see, and what they may do.
Called by the pages of contributions, by conversation and by the desk."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse

from exchange.contributions.models import Consent, Picture
from exchange.contributions.pictures import rules
from exchange.members.models import Member

SMALL, LARGE = 320, 800
AT_ONCE = 50


@dataclass(frozen=True)
class ShownPicture:
    """One picture as a page shows it."""

    picture: Picture
    consent: Consent | None = None
    may_take_away: bool = False
    may_let_out: bool = False

    @property
    def small(self) -> str:
        return reverse("picture", args=[self.picture.key, SMALL])

    @property
    def large(self) -> str:
        return reverse("picture", args=[self.picture.key, LARGE])

    @property
    def width(self) -> int | str:
        return self.picture.size(SMALL).get("width", SMALL)

    @property
    def height(self) -> int | str:
        return self.picture.size(SMALL).get("height", SMALL)

    @property
    def small_kb(self) -> int:
        return self._kb(SMALL)

    @property
    def large_kb(self) -> int:
        return self._kb(LARGE)

    def _kb(self, at: int) -> int:
        return max(1, round(int(self.picture.size(at).get("bytes", 0)) / 1000))


Beside = dict[int | None, list[ShownPicture]]


def beside(contribution_id: int, reader: Member | None) -> Beside:
    """The pictures of one contribution by the answer they stand with (None: its own), in one
    question to the database."""
    rows = Picture.objects.visible_to(reader).filter(contribution_id=contribution_id)
    return _by_reply(_shown(rows.select_related("consent", "contribution").order_by("id"), reader))


Evidence = dict[tuple[str, int], list[ShownPicture]]


def evidence(shown: Iterable[ShownPicture]) -> Evidence:
    """Waiting pictures by what they wait with: ("contribution", 7) or ("reply", 8)."""
    found: Evidence = {}
    for one in shown:
        found.setdefault(_place(one.picture), []).append(one)
    return found


def waits_alone(shown: ShownPicture, anchors: Collection[str]) -> bool:
    """Its words are out, or at least do not wait under one of these ("contribution-7")."""
    what, number = _place(shown.picture)
    about = shown.picture.contribution
    return (about.is_public or about.is_out) and f"{what}-{number}" not in anchors


def waiting(host: Member) -> list[ShownPicture]:
    """Pictures a host has still to look at, the longest waiting first."""
    rows = Picture.objects.visible_to(host).filter(let_out_at=None, hidden_at=None)
    rows = rows.select_related("consent", "contribution").order_by("added_at", "id")
    return _shown(rows[:AT_ONCE], host)


def _place(row: Picture) -> tuple[str, int]:
    if row.reply_number is not None:
        return "reply", row.reply_number
    return "contribution", row.contribution_id


def _shown(rows: Iterable[Picture], reader: Member | None) -> list[ShownPicture]:
    return [_one(row, reader) for row in rows]


def _one(row: Picture, reader: Member | None) -> ShownPicture:
    if reader is None or not rules.may_take_away(reader, row):
        return ShownPicture(row)
    return ShownPicture(
        row,
        consent=getattr(row, "consent", None),
        may_take_away=True,
        may_let_out=row.is_waiting and rules.may_let_out(reader, row),
    )


def _by_reply(pictures: Iterable[ShownPicture]) -> Beside:
    found: Beside = {}
    for shown in pictures:
        found.setdefault(shown.picture.reply_number, []).append(shown)
    return found
