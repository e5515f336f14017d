"""Plugs the desk into the house: the hosts' way to it, beside a member's own.
Loaded by `apps.py`."""

from exchange.core import slots

slots.register("nav-member", "desk/way.html")
