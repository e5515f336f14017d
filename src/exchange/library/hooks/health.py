"""What follows in the library from events: links, figures of use.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.core import onlookers, slots
from exchange.ledger.registry import every
from exchange.library.health import links, usage

onlookers.watch("library:resource-page", "seen")
onlookers.watch("library:resource-cite", "cited")
for _part in ("reading", "reading-part", "reading-of-file", "reading-part-of-file"):
    onlookers.watch(f"library:{_part}", "read")
onlookers.listen(usage.noticed)
slots.register("desk-ways", "library/health/_way.html", order=70)


@every(daily_at="02:40", name="library.gather_links", outside=True)
def gather_links(now: datetime) -> None:
    if links.are_checked():
        links.gather()


# A few at a time: what else the worker owes waits at most for these.
@every(minutes=5, name="library.check_links", outside=True)
def check_links(now: datetime) -> None:
    if links.are_checked():
        links.check_due(moment=now)
