"""`python -m exchange work`: the job worker.
Started by the launcher; `--until-idle` and `--burst` end by themselves."""

import signal
from types import FrameType

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from exchange.ledger.worker import BATCH, LEASE_SECONDS, Worker


class Command(BaseCommand):
    help = "Do what is owed: index, send, expire. Runs until it is told to stop."
    # It serves no pages: checking every address would only make it start more slowly.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        ends = parser.add_mutually_exclusive_group()
        ends.add_argument("--once", action="store_true", help="one batch, then end")
        ends.add_argument("--until-idle", action="store_true", help="end when nothing is due")
        ends.add_argument(
            "--burst",
            action="store_true",
            help="end when nothing is owed at all, waiting for retries and leases",
        )
        parser.add_argument("--batch", type=int, default=BATCH, help="deliveries claimed at once")
        parser.add_argument(
            "--lease",
            type=float,
            default=LEASE_SECONDS,
            help="seconds until a dead worker's deliveries are taken over",
        )

    def handle(self, *args: str, **options: object) -> None:
        _require_immediate()
        worker = Worker(
            batch=int(str(options["batch"])), lease_seconds=float(str(options["lease"]))
        )

        def stop(number: int, frame: FrameType | None) -> None:
            worker.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        if options["once"]:
            worker.run_once()
        elif options["until_idle"]:
            worker.run_until_idle()
        elif options["burst"]:
            worker.run_until_nothing_is_owed()
        else:
            worker.run_for_ever()


def _require_immediate() -> None:
    """Two workers on SQLite may both claim a row unless writers take the lock when they begin."""
    mode = connection.settings_dict["OPTIONS"].get("transaction_mode")
    if connection.vendor == "sqlite" and mode != "IMMEDIATE":
        raise CommandError("SQLite needs transaction_mode IMMEDIATE for the worker")
