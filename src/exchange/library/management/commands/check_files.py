"""Reads every file of the library again and says which are not as they were kept.
python -m exchange check_files [--sweep]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.library.files import upkeep
from exchange.library.models import File


class Command(BaseCommand):
    """For after a restored backup or a change of storage."""

    help = "Reads every file of the library again and says which are not as they were kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sweep", action="store_true", help="remove bytes no file points to")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = File.objects.filter(state=File.State.KEPT).order_by("id")
        wrong = looked = 0
        for row in rows.iterator():
            found = upkeep.check(file=row)
            looked += 1
            if found != File.Fixity.WHOLE:
                wrong += 1
                self.stdout.write(f"{found}: file {row.pk}, {row.store_key}, {row.name}")
        if options["sweep"]:
            self.stdout.write(f"{upkeep.sweep()} without a file removed.")
        if wrong:
            raise CommandError(f"{wrong} of {looked} files are not as they were kept.")
        self.stdout.write(f"{looked} files, all whole.")
