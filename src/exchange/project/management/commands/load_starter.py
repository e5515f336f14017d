"""Loads the vocabulary, the library's real records and the hosts' first questions.
Called by the launcher when a data directory is made ready; safe to run again."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.project.starter import Wrong, load


class Command(BaseCommand):
    help = "Load the starter content: vocabulary, library records, opening questions."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            loaded = load()
        except Wrong as wrong:
            raise CommandError(f"The starter content has an error: {wrong}") from wrong
        took = f"{time.monotonic() - began:.1f} s"
        if loaded.anything:
            self.stdout.write(
                f"Starter content: {loaded.terms} terms, {loaded.records} library records and "
                f"{loaded.openings} opening contributions brought in ({took})."
            )
        else:
            self.stdout.write(f"Starter content: everything was here already ({took}).")
