"""Records that may be the same as one that is being added: by title, identifier, link or file.
Called by the views of adding a record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q

from exchange.contributions.models import Decision, State
from exchange.core.text import folded
from exchange.library.models import Deposit, DepositWord, File, Resource
from exchange.library.rules import doi_of, sort_title, title_signature
from exchange.members.models import Member

SHOWN_AT_MOST = 3
# How much of two folded titles must agree, in parts of one.
NEAR = 0.84
_CANDIDATES = 60
_SHORTEST = 8
_SAME_BEGINNING = 14
_NUMBER = re.compile(r"^(?:.*/library/)?([0-9]{1,15})(?:-[^/]*/?)?$")


@dataclass(frozen=True)
class Twin:
    """A record that is here already, and whether it is certainly the same."""

    resource: Resource
    is_certain: bool


def twins(
    *,
    title: str = "",
    url: str = "",
    isbn: str = "",
    hashes: Iterable[str] = (),
    reader: Member | None,
) -> list[Twin]:
    """What this reader may see that is the same, or nearly: the certain ones first."""
    sure = {row.pk: row for row in _certain(title, url, isbn, hashes, reader)}
    near = [row for row in _near(title, reader) if row.pk not in sure]
    found = [Twin(row, True) for row in sure.values()] + [Twin(row, False) for row in near]
    return found[:SHOWN_AT_MOST]


def hidden_twin(title: str, author: Member) -> Resource | None:
    """A record of the same title that its author may not see: it waits, or hosts took it out."""
    signature = title_signature(title)
    found: Resource | None = _rows().filter(title_signature=signature).first()
    if found is None or found.is_public:
        return None
    if found.author_id == author.pk and not _was_taken_out_by_another(found):
        return None
    return found


def _was_taken_out_by_another(row: Resource) -> bool:
    last = row.decisions.filter(what=Decision.What.WITHDRAW).first()
    return row.state == State.WITHDRAWN and last is not None and last.by_id != row.author_id


def is_taken_out(row: Resource) -> bool:
    return row.state in (State.WITHDRAWN, State.HELD, State.SEALED)


def deposit_of(resource: Resource) -> Deposit | None:
    return Deposit.objects.filter(resource=resource).first()


def words_for(resource: Resource, reader: Member | None) -> list[DepositWord]:
    """The talk between hosts and whoever added a record; nobody else reads it."""
    if reader is None or not (reader.is_host or resource.author_id == reader.pk):
        return []
    return list(DepositWord.objects.filter(resource=resource))


def waiting(host: Member) -> list[Resource]:
    """Records that members added and no host has let out, the longest waiting first."""
    rows: Any = Resource.objects.visible_to(host)
    waiting = rows.filter(state__in=(State.WAITING, State.HELD), deposit__isnull=False)
    return list(waiting.order_by("submitted_at", "pk")[:100])


@dataclass(frozen=True)
class Added:
    """A record that waits, and the last word said about it."""

    resource: Resource
    words: int
    last: DepositWord | None


def with_words(rows: list[Resource]) -> list[Added]:
    """Each record with its last word; one question for all of them."""
    said: dict[int, list[DepositWord]] = {}
    for word in DepositWord.objects.filter(resource__in=[row.pk for row in rows]):
        said.setdefault(word.resource_id, []).append(word)
    return [
        Added(row, len(said.get(row.pk, [])), said[row.pk][-1] if row.pk in said else None)
        for row in rows
    ]


def called(which: str, reader: Member) -> list[Resource]:
    """Records of a number, an address or words of a title, as this reader may see them."""
    rows: Any = Resource.objects.visible_to(reader).exclude(state=State.WITHDRAWN)
    number = _NUMBER.search(which)
    if number:
        return list(rows.filter(pk=int(number[1])))
    exact = list(rows.filter(title_signature=title_signature(which))[:1])
    return exact or list(rows.filter(title__icontains=which).order_by("-pk")[:8])


def kin_of(pk: int, newer: int | None, original: int | None) -> Q:
    """The records that belong to one: newer, older, its original and the other translations."""
    same = Q(superseded_by=pk) | Q(translation_of=pk) | Q(pk__in=[newer or 0, original or 0])
    return same | Q(translation_of=original) if original else same


def _rows() -> Any:
    # The manager comes from the parent, so types would say Contribution.
    return Resource.objects.all()


def _certain(
    title: str, url: str, isbn: str, hashes: Iterable[str], reader: Member | None
) -> list[Resource]:
    same = Q()
    if title:
        same |= Q(title_signature=title_signature(title))
    doi = doi_of(url)
    if doi:
        same |= Q(doi=doi)
    elif url:
        bare = url.partition("://")[2].rstrip("/")
        same |= Q(
            url__in=[f"{how}://{bare}{end}" for how in ("http", "https") for end in ("", "/")]
        )
    if isbn:
        same |= Q(isbn=isbn)
    wanted = list(hashes)
    if wanted:
        kept = File.objects.filter(sent_sha256__in=wanted, resource__isnull=False)
        same |= Q(pk__in=kept.values("resource_id"))
    if not same:
        return []
    rows: Any = Resource.objects.visible_to(reader).filter(same)
    return list(rows.exclude(state=State.WITHDRAWN)[:SHOWN_AT_MOST])


def _near(title: str, reader: Member | None) -> list[Resource]:
    """Titles that nearly agree, among those that begin alike or share their longest words."""
    plain = folded(title)
    if len(plain) < _SHORTEST:
        return []
    longest = sorted(set(title.split()), key=len, reverse=True)[:2]
    alike = Q(sort_title__startswith=sort_title(title)[:_SAME_BEGINNING])
    shared = Q()
    for word in longest:
        shared &= Q(title__icontains=word.strip("“”\"'.,:;()?!"))
    rows: Any = Resource.objects.visible_to(reader).filter(alike | shared).for_lists()
    rows = rows.exclude(state=State.WITHDRAWN)
    scored = [(_likeness(plain, folded(row.title)), row) for row in rows[:_CANDIDATES]]
    best = sorted((one for one in scored if one[0] >= NEAR), key=lambda one: -one[0])
    return [row for _score, row in best[:SHOWN_AT_MOST]]


def _likeness(one: str, other: str) -> float:
    if one in other or other in one:
        # A title typed without its subtitle.
        return min(1.0, 0.7 + min(len(one), len(other)) / max(len(one), len(other)))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
