"""`oai rebuild`: make what harvesters are told true again.
Called by people, after records were changed without the Exchange's own actions."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from exchange.discovery.oai import keeping


class Command(BaseCommand):
    help = "Look at all records, and tell harvesters of those that changed unseen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["rebuild"])
        parser.add_argument(
            "--all",
            action="store_true",
            help="stamp every record anew, so that everybody harvests everything again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count = keeping.mend(anew=options["all"])
        self.stdout.write(f"{count} records are told anew.")
