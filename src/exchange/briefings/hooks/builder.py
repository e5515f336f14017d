"""What building newsletters adds to the house: the way to its pages for hosts.
Loaded by hooks/__init__.py."""

from exchange.core import slots

slots.register("desk-ways", "briefings/builder/_way.html", order=64)
