"""The registry of slots: places on a page where other rooms add a button or a line.
Rooms register a template from their hooks; pages show a slot with the `slot` tag."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Filling:
    """One room's piece for a slot; lower order stands first."""

    order: int
    template: str


_slots: dict[str, list[Filling]] = {}


def register(slot: str, template: str, order: int = 50) -> None:
    """Add a template to a slot; registering the same one twice changes nothing."""
    filling = Filling(order, template)
    fillings = _slots.setdefault(slot, [])
    if filling not in fillings:
        fillings.append(filling)
        fillings.sort()


def fillings(slot: str) -> tuple[str, ...]:
    """The templates of a slot, in order."""
    return tuple(filling.template for filling in _slots.get(slot, ()))
