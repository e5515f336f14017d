"""Plugs the desk into the house: the hosts' way to it from their own page.
Loaded by `apps.py`."""

from exchange.core import slots

slots.register("me-lists", "desk/way.html", order=10)
