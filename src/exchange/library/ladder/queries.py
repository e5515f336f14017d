"""Reads of the short versions: what stands in which language, the reader's first.
Called by views and by the search text of a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from exchange.core import words as spoken
from exchange.core.languages import current, named
from exchange.library.lacking import lacks
from exchange.library.ladder import phone, readability
from exchange.library.ladder.readability import Ease
from exchange.library.models import Resource, Rung, Standing
from exchange.members.models import Member


@dataclass(frozen=True)
class Step:
    """One short version as pages show it."""

    rung: Rung
    language: str
    size: str
    ease: str
    changed: bool

    @property
    def anchor(self) -> str:
        return f"{self.rung.length}-{self.rung.language}"


@dataclass(frozen=True)
class Rise:
    """One length of the ladder: the version for this reader, those in other languages, or none."""

    length: str
    label: str
    steps: tuple[Step, ...]

    @property
    def first(self) -> Step | None:
        return self.steps[0] if self.steps else None

    @property
    def shown(self) -> tuple[Step, ...]:
        """Side by side; of whole pages one alone, so that a page of pages stays light."""
        return self.steps[:1] if self.length == Rung.Length.PAGE else self.steps

    @property
    def linked(self) -> tuple[Step, ...]:
        return self.steps[len(self.shown) :]


def rises(resource: Resource, first: str = "") -> tuple[Rise, ...]:
    """The three lengths with what stands in each: in the language asked for first, then in that
    of this moment, then in the record's own."""
    asked = Rung.objects.filter(
        resource_id=resource.pk, standing__in=(Standing.PUBLISHED, Standing.FORMER)
    )
    rows = [] if lacks(resource, "rungs") else list(asked)
    former = {(row.length, row.language) for row in rows if row.standing == Standing.FORMER}
    standing = [row for row in rows if row.standing == Standing.PUBLISHED]
    order = [first, current(), resource.language]
    standing.sort(key=lambda row: (_place(row.language, order), row.language))
    return tuple(
        Rise(
            length.value,
            str(length.label),
            tuple(
                shown(row, changed=(row.length, row.language) in former)
                for row in standing
                if row.length == length
            ),
        )
        for length in Rung.Length
    )


def own_waiting(resource: Resource, reader: Member | None) -> list[Rung]:
    """What the reader sent and no host has read yet; hosts see what anybody sent."""
    if reader is None:
        return []
    rows = Rung.objects.visible_to(reader).filter(resource_id=resource.pk)
    return list(rows.waiting())


def standing_rung(resource: Resource, length: str, language: str) -> Rung | None:
    """What stands there now, to be improved."""
    found: Rung | None = (
        Rung.objects.published()
        .filter(resource_id=resource.pk, length=length, language=language)
        .first()
    )
    return found


def words(resource: Resource) -> str:
    """Every short version that stands, for search."""
    rows = Rung.objects.published().filter(resource_id=resource.pk).order_by("pk")
    return "\n\n".join(rows.values_list("text", flat=True))


def shown(row: Rung, *, changed: bool = False) -> Step:
    found = readability.read(row.text, row.language)
    return Step(row, named(row.language), _size(row, found.words), ease_in_words(found), changed)


def ease_in_words(found: readability.Readability) -> str:
    """ "Easy: 9 words a sentence": of the text, never of its writer."""
    n = found.words_a_sentence
    said = {
        Ease.EASY: ngettext(
            "Easy to read: %(n)s word a sentence", "Easy to read: %(n)s words a sentence", n
        ),
        Ease.MIDDLE: ngettext(
            "Takes some care: %(n)s word a sentence", "Takes some care: %(n)s words a sentence", n
        ),
        Ease.HEAVY: ngettext(
            "Heavy to read: %(n)s word a sentence", "Heavy to read: %(n)s words a sentence", n
        ),
    }
    return said[found.ease] % {"n": spoken.number(n)}


def messages_in_words(text: str) -> str:
    """ "about 3 text messages", as networks count them."""
    n = phone.messages(text)
    return ngettext("about %(n)s text message", "about %(n)s text messages", n) % {
        "n": spoken.number(n)
    }


def _size(row: Rung, count: int) -> str:
    if row.length != Rung.Length.MESSAGE:
        return ngettext("%(n)s word", "%(n)s words", count) % {"n": spoken.number(count)}
    length = ngettext(
        "%(n)s character, %(messages)s", "%(n)s characters, %(messages)s", len(row.text)
    )
    return length % {
        "n": spoken.number(len(row.text)),
        "messages": messages_in_words(row.text),
    }


def _place(language: str, order: list[str]) -> int:
    return order.index(language) if language in order else len(order)


def context(resource: Resource) -> dict[str, Any]:
    """The ladder as the page of the record shows it."""
    found = rises(resource)
    return {"ladder": found, "ladder_is_bare": not any(rise.steps for rise in found)}
