"""The registry of what must be in order before the public may come in, each fault in words.
Rooms register from their hooks; `doctor`, the checks and safeguarding's middleware read it."""

from collections.abc import Callable

Look = Callable[[], list[str]]

_looks: dict[str, Look] = {}


def register(name: str, look: Look) -> None:
    """Add one; `look` gives the faults it finds, and may ask the database."""
    _looks[name] = look


def missing() -> list[str]:
    """Every fault of every room, in the order they were registered."""
    return [fault for look in _looks.values() for fault in look()]
