"""What pages ask of the room above their tables: to be published by our own actions, to be shown.
Filled by hooks.py when the process starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Publishes = Callable[[Any, Any], object]
Shows = Callable[[Any, Any], Any]
_publishes: list[Publishes] = []
_shows: list[Shows] = []


def publish_by(publishes: Publishes) -> None:
    _publishes[:] = [publishes]


def show_by(shows: Shows) -> None:
    _shows[:] = [shows]


def publish(revision: Any, user: Any) -> None:
    """Whoever asks the editor itself to publish is led to our own actions."""
    for publishes in _publishes:
        publishes(revision, user)


def preview(page: Any, request: Any) -> Any:
    """The page as readers would see it."""
    for shows in _shows:
        return shows(page, request)
    raise LookupError("nobody shows pages")
