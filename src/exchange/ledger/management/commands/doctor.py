"""`python -m exchange doctor`: whether what is owed gets done, in words.
Asked by `./exchange doctor`; ends with 1 when somebody should act."""

import sys
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand

from exchange.core import readiness, time
from exchange.ledger import queries

LONG = timedelta(minutes=5)


class Command(BaseCommand):
    help = "Say whether the worker is alive, and what is waiting or stuck."
    requires_system_checks = []

    def handle(self, *args: str, **options: object) -> None:
        now = time.now()
        health = queries.health(now)
        waiting = health.waiting_for(now)
        if health.worker_alive:
            self.stdout.write("The worker is alive.")
        elif health.worker_seen_at:
            self.stdout.write(
                f"The worker was last seen at {health.worker_seen_at:%d %B %H:%M} UTC."
            )
        else:
            self.stdout.write("No worker is running.")
        self.stdout.write(f"{health.queued} deliveries are waiting, {health.due} of them are due.")
        if health.dead:
            self.stdout.write(f"{health.dead} dead letters wait for a host, at /desk/.")
        missing = readiness.missing()
        for fault in missing:
            self.stdout.write(f"Before the public may come in: {fault}")
        if waiting > LONG:
            minutes = int(waiting.total_seconds() // 60)
            self.stdout.write(
                f"The oldest has been due for {minutes} minutes: nothing is being done."
            )
            sys.exit(1)
        if missing and settings.PRODUCTION:
            sys.exit(1)
