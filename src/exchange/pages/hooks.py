"""What the front pages add to the house: what hosts chose for every page, and the end of its days.
Loaded by apps.py when the program starts."""

from datetime import datetime

from exchange.core import every_page, slots
from exchange.hubs import showing
from exchange.ledger.registry import every
from exchange.pages import hub_face
from exchange.pages.steering import beside, turning

every_page.add("pages.steering", beside.beside)
slots.register("desk-ways", "pages/steering/_way.html", order=40)
slots.register("contribution-actions", "pages/steering/_act.html", order=87)
slots.register("section-top", "pages/steering/_section.html")
slots.register("space-face", "pages/hubs/face.html", order=50)
showing.register("space-face", hub_face.shown)


@every(minutes=1, name="pages.turn")
def turn(now: datetime) -> None:
    """Something chosen begins or ends."""
    turning.turn(at=now)
