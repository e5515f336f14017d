"""Typing errors: the nearest words of the vocabulary, found by spellings one letter short.
Called by queries and actions of this room."""

from __future__ import annotations

from exchange.discovery.models import Neighbour, Vocabulary

_SHORTEST = 4
_NEAR = 2
_MOST = 40


def nearest(forms: list[str]) -> dict[str, str]:
    """The likeliest word for each form that stands nowhere; two queries however many there are."""
    wanted = {form: spellings(form) for form in forms if _SHORTEST <= len(form) <= 24}
    every = set().union(*wanted.values()) if wanted else set()
    if not every:
        return {}
    near: dict[str, list[str]] = {}
    rows = Neighbour.objects.filter(spelling__in=every).order_by("spelling", "word")
    for spelling, word in rows.values_list("spelling", "word"):
        near.setdefault(spelling, []).append(word)
    candidates = {
        form: sorted({word for one in own for word in near.get(one, ())})[:_MOST]
        for form, own in wanted.items()
    }
    found = _frequencies({word for words in candidates.values() for word in words})
    return {form: best for form, words in candidates.items() if (best := _best(form, words, found))}


def _frequencies(words: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    rows = Vocabulary.objects.filter(word__in=words, found_in__gt=0)
    for word, count in rows.values_list("word", "found_in"):
        found[word] = max(count, found.get(word, 0))
    return found


def _best(form: str, words: list[str], found: dict[str, int]) -> str:
    """The nearest; among equals one with the same first letter, then the most frequent."""
    ranked = [
        (distance(form, word), word[0] != form[0], -found[word], word)
        for word in words
        if word in found and word != form
    ]
    ranked = [one for one in ranked if one[0] <= _NEAR]
    return min(ranked)[3] if ranked else ""


def spellings(word: str) -> set[str]:
    """A word and everything one letter shorter."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def distance(first: str, second: str) -> int:
    """Letters to change, add, leave out or swap with their neighbour to come from one to the
    other (restricted Damerau-Levenshtein)."""
    before: list[int] = []
    above = list(range(len(second) + 1))
    for row, a in enumerate(first, start=1):
        line = [row]
        for column, b in enumerate(second, start=1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (a != b))
            swapped = row > 1 and column > 1 and a == second[column - 2] and first[row - 2] == b
            line.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, above = above, line
    return above[-1]
