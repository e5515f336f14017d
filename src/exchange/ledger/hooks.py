"""The ledger's own clock job: what is finished does not pile up.
Loaded by `apps.py`."""

from datetime import datetime

from exchange.ledger.actions import purge_finished
from exchange.ledger.registry import every


@every(hours=1, name="ledger.purge")
def purge(now: datetime) -> None:
    """A few thousand an hour, so that no transaction is long."""
    purge_finished(now=now)
