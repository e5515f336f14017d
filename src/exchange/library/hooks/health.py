"""What follows in the library from events: links, figures of use.
Loaded by hooks/__init__.py."""

from exchange.core import onlookers
from exchange.library.health import usage

onlookers.watch("library:resource-page", "seen")
onlookers.watch("library:resource-cite", "cited")
onlookers.listen(usage.noticed)
