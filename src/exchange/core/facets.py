"""A list's facets and numbered pages as links, in the shape that components/facets.html and
components/numbered.html show. Made by the rooms that lay out lists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One choice of a facet: a link that takes it, or takes it away when it is active."""

    label: str
    url: str
    count: int | None = None
    active: bool = False


@dataclass(frozen=True)
class Group:
    """One facet, or one part of it, with its choices."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Numbered:
    """One of the numbered pages of a list."""

    number: int
    url: str
    current: bool = False
