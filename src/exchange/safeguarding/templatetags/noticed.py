"""The `by_reason` tag: what was noticed, gathered under the words that explain it.
Used by this room's own template in the forms where people write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

from exchange.safeguarding.words import Words, words_for

register = template.Library()


@dataclass(frozen=True)
class Group:
    """One reason with all its passages."""

    words: Words
    passages: list[Any]


@register.simple_tag
def by_reason(passages: list[Any]) -> list[Group]:
    """Each reason once, in the order of the text."""
    by_code: dict[str, list[Any]] = {}
    for passage in passages:
        by_code.setdefault(passage.code, []).append(passage)
    return [Group(words_for(code), found) for code, found in by_code.items()]
