"""`read [--again] [--file N]`: make light views now, of files that have none or an older one.
Called by people, through `./exchange read`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q

from exchange.core.text import size_in_words
from exchange.ledger.registry import Later
from exchange.library.models import File, Reading
from exchange.library.reading.actions import prepare
from exchange.library.reading.making import MAKER, PROGRAMS


class Command(BaseCommand):
    help = "Make light views of files: those without one, and those of an older program."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="also those that are made already")
        parser.add_argument("--file", type=int, help="only this file, by its number")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = File.objects.standing().filter(media_type__in=list(PROGRAMS), resource__isnull=False)
        if options["file"]:
            rows = rows.filter(pk=options["file"])
        if not options["again"]:
            rows = rows.filter(Q(reading=None) | Q(reading__maker__lt=MAKER))
        numbers = list(rows.order_by("pk").values_list("pk", flat=True))
        for number in numbers:
            self._read(number)
        self.stdout.write("Nothing is left to read." if numbers else "There is nothing to read.")

    def _read(self, number: int) -> None:
        try:
            settle = prepare(file_id=number, again=True)
        except Later as later:
            self.stdout.write(f"file {number}: not now ({later.code})")
            return
        if settle is None:
            return
        with transaction.atomic():
            settle()
        made = Reading.objects.filter(file_id=number).first()
        if made is not None:
            self.stdout.write(
                f"file {number}: {made.state}{f' ({made.why})' if made.why else ''}, "
                f"{made.pages} pages, {made.words} words, {made.parts_count} parts, "
                f"{size_in_words(made.size)}, {made.seconds:.1f} s"
            )
