"""Reading organisations: the list, one page of it, and those a typed name may mean.
Called by the views and forms of this room and of the rooms above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from exchange.core.text import folded
from exchange.members.models import Member
from exchange.members.queries import shown
from exchange.organisations.models import Belonging, Organisation

SIZE = 30
MOST_MEANT = 8
# How many of the people who say they work there its page shows.
MOST_PEOPLE = 40
_MOST_LOOKED_AT = 200


@dataclass(frozen=True)
class Listed:
    """One page of the list, and the key under which it goes on ("" at its end)."""

    rows: list[Organisation]
    further: str = ""
    is_first: bool = True


def narrowed(reader: Member | None, narrowing: Mapping[str, str]) -> QuerySet[Organisation]:
    """What fits: {"country": "KE", "kind": "national-ngo", "founding": "1", "q": "tpo"}."""
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(reader)
    for name in ("country", "kind"):
        if narrowing.get(name):
            rows = rows.filter(**{name: narrowing[name]})
    if narrowing.get("founding"):
        rows = rows.filter(is_founding=True)
    for word in folded(narrowing.get("q", "")).split()[:6]:
        rows = rows.filter(found_by__contains=word)
    return rows


def page_of(reader: Member | None, narrowing: Mapping[str, str], after: str = "") -> Listed:
    """A page in the order of names, after a key that an earlier page gave out."""
    rows = narrowed(reader, narrowing)
    key, _bar, pk = after.rpartition("|")
    begins = bool(key) and pk.isdecimal() and len(pk) < 19
    if begins:
        rows = rows.filter(sort_key__gte=key).exclude(sort_key=key, pk__lte=int(pk))
    found = list(rows.order_by("sort_key", "pk")[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    further = f"{found[-1].sort_key}|{found[-1].pk}" if more else ""
    return Listed(found, further, not begins)


def counts(reader: Member | None, narrowing: Mapping[str, str], name: str) -> dict[str, int]:
    """How many there are for each word of a facet, under the other narrowings."""
    others = {key: value for key, value in narrowing.items() if key != name}
    rows = narrowed(reader, others).exclude(**{name: ""}).order_by()
    return dict(rows.values_list(name).annotate(n=Count("pk")))


def meant_by(reader: Member | None, typed: str) -> list[Organisation]:
    """Those a typed name may mean: the very name or acronym first, however it is written, then
    those with all of its words."""
    plain = folded(typed)[:160]
    if len(plain) < 2:
        return []
    rows = Organisation.objects.visible_to(reader)
    exact = Q(found_by__contains=f"|{plain}|") | Q(found_by__contains=f"|{plain.replace(' ', '')}|")
    found = list(rows.filter(exact).order_by("sort_key", "pk")[:MOST_MEANT])
    parts = rows.exclude(pk__in=[one.pk for one in found])
    for word in plain.split()[:6]:
        parts = parts.filter(found_by__contains=word)
    return [*found, *parts.order_by("sort_key", "pk")[: MOST_MEANT - len(found)]]


def same_name(typed: str, *, besides: int | None = None) -> Organisation | None:
    """The organisation that bears this very name, in whatever spelling; those that wait as well,
    whoever proposed them."""
    plain = folded(typed)[:160]
    if not plain:
        return None
    rows = Organisation.objects.filter(gone_at=None, found_by__contains=f"|{plain}|")
    if besides is not None:
        rows = rows.exclude(pk=besides)
    return rows.order_by(F("checked_at").asc(nulls_last=True), "pk").first()


def by_name(typed: str) -> Organisation | None:
    """The checked organisation a name written elsewhere stands for, if there is exactly one."""
    plain = folded(typed)[:160]
    if not plain:
        return None
    rows = Organisation.objects.public().filter(found_by__contains=f"|{plain}|")
    found = list(rows.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class People:
    """Who says they work there, as far as one reader may see it; and the reader's own part."""

    shown: list[Belonging]
    own: Belonging | None = None

    @property
    def ids(self) -> list[int]:
        return [one.member_id for one in self.shown]


def people_at(organisation: Organisation, reader: Member | None) -> People:
    """Those who look after its page first, in one question."""
    rows = Belonging.objects.filter(organisation=organisation).select_related("member")
    rows = rows.filter(member__in=Member.objects.active())
    found = list(rows.order_by("role", "since", "pk")[:_MOST_LOOKED_AT])
    seen = [one for one in found if shown(one.member, reader).sees("organisations")]
    own = [one for one in found if reader is not None and one.member_id == reader.pk]
    return People(seen[:MOST_PEOPLE], own[0] if own else None)


def of_member(member: Member, reader: Member | None) -> list[Belonging]:
    """Where somebody says they work, as far as the reader may see those pages."""
    standing = Organisation.objects.visible_to(reader)
    rows = Belonging.objects.filter(member=member, organisation__in=standing)
    return list(rows.select_related("organisation").order_by("since", "pk"))


def spoken_for(member: Member) -> QuerySet[Organisation]:
    """Whose page somebody looks after."""
    theirs = Belonging.objects.filter(member=member, role=Belonging.Role.SPEAKS)
    rows: QuerySet[Organisation] = Organisation.objects.visible_to(member)
    return rows.filter(pk__in=theirs.values("organisation_id"))


def belonging_of(member: Member | None, organisation: Organisation) -> Belonging | None:
    if member is None or not member.is_authenticated:
        return None
    return Belonging.objects.filter(member=member, organisation=organisation).first()
