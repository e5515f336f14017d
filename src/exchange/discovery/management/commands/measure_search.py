"""`measure_search WHAT`: one measurement of search in the database at hand, as one line of JSON.
Called by bench, in a process of its own for each set."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from exchange.discovery import relevance, speed
from exchange.discovery.models import SearchEntry


class Command(BaseCommand):
    help = "Measure search in this database: relevance, speed, or the count of entries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["relevance", "speed", "count"])

    def handle(self, *args: Any, **options: Any) -> None:
        result: dict[str, Any] = {"entries": SearchEntry.objects.count()}
        if options["what"] == "relevance":
            result = relevance.measure()
        elif options["what"] == "speed":
            result = speed.measure()
        self.stdout.write(json.dumps(result))
