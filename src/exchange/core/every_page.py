"""What rooms add to every page, beside its own words: an announcement, our places elsewhere.
Rooms register from their hooks; the shell asks. No page fails for what stands beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError

log = logging.getLogger(__name__)

# Given the path without its language; what comes back is part of every template's context.
Beside = Callable[[str], dict[str, Any]]
_beside: dict[str, Beside] = {}


def add(name: str, beside: Beside) -> None:
    """Add one; it answers from memory. The same name again takes its place."""
    _beside[name] = beside


def told(path: str) -> dict[str, Any]:
    """All of it. Where the database is away, the page that says so is made without."""
    found: dict[str, Any] = {}
    try:
        for beside in _beside.values():
            found.update(beside(path))
    except DatabaseError:
        log.warning("what stands beside a page could not be read")
    return found
