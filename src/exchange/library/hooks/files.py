"""What follows in the library from events and by the clock: the files of a record.
Loaded by hooks/__init__.py."""

from datetime import datetime

from exchange.ledger.registry import every
from exchange.library.files import checks, lending, upkeep

checks.register()
lending.register()


@every(hours=1, name="library.check_files", outside=True)
def check_files(now: datetime) -> None:
    """A slice of all files is read again, and compared with what was kept."""
    upkeep.check_some(moment=now)


@every(minutes=10, name="library.scan_files", outside=True)
def scan_files(now: datetime) -> None:
    """Files that came while the virus scanner did not answer."""
    upkeep.scan_waiting()


@every(daily_at="04:10", name="library.clear_files", outside=True)
def clear_files(now: datetime) -> None:
    """What was withdrawn or forgotten goes, and what a crash left behind."""
    upkeep.clear_old(moment=now)
    upkeep.sweep()
