"""The lists of `starter/`: classes of words, given names, numbers, phrases; read once.
Used by the modules beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from exchange.safeguarding.screening.folding import word

LISTS = Path(__file__).resolve().parent.parent / "starter"
# What may stand at the front of an Arabic word: and, so, with, for, the.
_FRONTS = ("", "و", "ف", "ب", "ل", "ال", "وال", "بال", "فال")
_NAME_FRONTS = ("", "و", "ل", "ب")


@dataclass(frozen=True)
class Element:
    """One place of a phrase: any of these words, or a gap of up to so many."""

    words: frozenset[str] = frozenset()
    optional: bool = False
    gap: int = 0
    forbidden: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words around an anchor. `before` is read away from the anchor, backwards."""

    code: str
    before: tuple[Element, ...]
    after: tuple[Element, ...]


@dataclass(frozen=True)
class Lexicon:
    """Everything that is looked up by word."""

    classes: dict[str, frozenset[str]]
    numbers: dict[str, int]
    phrases: dict[str, tuple[Phrase, ...]]


@cache
def lexicon() -> Lexicon:
    """All lists, folded and ready."""
    words = {name: frozenset(found) for name, found in _word_classes().items()}
    classes: dict[str, set[str]] = {}
    for name, members in words.items():
        for member in members:
            classes.setdefault(member, set()).add(name)
    for group, names in _names().items():
        for name in names:
            classes.setdefault(name, set()).add(group)
    return Lexicon(
        {member: frozenset(names) for member, names in classes.items()},
        {form: number for number, forms in _numbers() for form in forms},
        _phrases(words),
    )


def _lines(name: str) -> Iterator[tuple[str, str]]:
    for line in (LISTS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _colon, words = line.partition(":")
            yield code.strip(), words.strip()


def _forms(words: Iterable[str], fronts: tuple[str, ...] = _FRONTS) -> Iterator[str]:
    for one in words:
        folded = word(one)
        if folded[:1] > "\u0600":
            yield from (word(front + one) for front in fronts)
        else:
            yield folded


def _word_classes() -> dict[str, set[str]]:
    classes: dict[str, set[str]] = {}
    for name, words in _lines("words.txt"):
        classes.setdefault(name, set()).update(_forms(words.split()))
    return classes


def _numbers() -> Iterator[tuple[int, list[str]]]:
    for number, words in _lines("numbers.txt"):
        yield int(number), list(_forms(words.split()))


def _names() -> dict[str, set[str]]:
    names: dict[str, set[str]] = {"name": set(), "ambiguous": set()}
    group = "name"
    text = (LISTS / "given_names.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            group = "ambiguous" if line.startswith("[ambiguous") else "name"
        elif not line.startswith("#"):
            names[group].update(_forms(line.split(), _NAME_FRONTS))
    names["name"] -= names["ambiguous"]
    return names


def _phrases(classes: dict[str, frozenset[str]]) -> dict[str, tuple[Phrase, ...]]:
    by_anchor: dict[str, list[Phrase]] = {}
    for code, pattern in _lines("phrases.txt"):
        pieces = pattern.split()
        at = next(place for place, piece in enumerate(pieces) if piece.startswith("*"))
        elements = [_element(piece.removeprefix("*"), classes) for piece in pieces]
        phrase = Phrase(code, tuple(reversed(elements[:at])), tuple(elements[at + 1 :]))
        for anchor in elements[at].words:
            by_anchor.setdefault(anchor, []).append(phrase)
    return {anchor: tuple(found) for anchor, found in by_anchor.items()}


def _element(piece: str, classes: dict[str, frozenset[str]]) -> Element:
    if piece.startswith(".."):
        return Element(gap=int(piece[2:]))
    optional, forbidden = piece.startswith("?"), piece.startswith("!")
    words: set[str] = set()
    for one in piece.lstrip("?!").split("|"):
        if one.startswith("@"):
            wanted = one[1:]
            words.update(
                *(found for name, found in classes.items() if name.split(".")[0] == wanted)
            )
        else:
            words.update(_forms([one]))
    return Element(frozenset(words), optional, forbidden=forbidden)
