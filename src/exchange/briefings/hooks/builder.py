"""What building newsletters adds to the house: the way to its pages, and what waits for a host.
Loaded by hooks/__init__.py."""

from exchange.briefings.builder import waiting as ours
from exchange.core import slots, waiting

slots.register("desk-ways", "briefings/builder/_way.html", order=63)
waiting.register("briefings.second", ours.second, order=30)
waiting.register("briefings.late", ours.late, order=31)
