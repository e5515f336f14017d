"""`reindex`: make the search index anew from what is published.
Called by people and by the launcher after an update that changes how text is read."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from exchange.discovery import actions


class Command(BaseCommand):
    help = "Make the search index anew from what is published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fresh",
            action="store_true",
            help="empty the index first: faster, but until it is done search finds less",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        count = actions.rebuild(fresh=options["fresh"])
        seconds = max(time.monotonic() - began, 0.001)
        self.stdout.write(f"{count} indexed in {seconds:.1f} s ({count / seconds:.0f} a second).")
