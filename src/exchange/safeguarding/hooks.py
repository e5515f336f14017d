"""Plugs safeguarding into the house: its gate, and the words above every text box.
Loaded by `apps.py`."""

from exchange.core import gates, slots
from exchange.safeguarding.rules import newcomers_wait

gates.register("safeguarding.newcomers_wait", newcomers_wait)
slots.register("before-text", "safeguarding/before_text.html")
