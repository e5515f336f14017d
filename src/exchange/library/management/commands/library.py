"""`library import FILE`: bring a table of records into the library.
Called by people, through `./exchange library`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from exchange.library.actions import Held, add_records, change_record
from exchange.library.importing import Plan, plan
from exchange.library.sheet import Unreadable, read
from exchange.taxonomy import vocabulary

SHOWN_AT_MOST = 200


class Command(BaseCommand):
    help = "Look after the library: import records from a CSV file."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        bring = verbs.add_parser("import", help="bring records in from a CSV file")
        bring.add_argument("file", help="a CSV file with a heading row")
        bring.add_argument("--apply", action="store_true", help="write; without it nothing is")
        bring.add_argument(
            "--update", action="store_true", help="let records here say what changed rows say"
        )
        bring.add_argument(
            "--keep-good", action="store_true", help="bring good rows in though others are wrong"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not vocabulary.terms("topic"):
            raise CommandError("The vocabulary is not loaded yet. Run load_starter first.")
        made = self._read(options["file"])
        self._tell(made, options)
        if made.problems and not (options["apply"] and options["keep_good"]):
            raise CommandError(
                "Nothing was written. Put the rows right"
                + (", or add --keep-good to bring in the others." if made.new else ".")
            )
        if not options["apply"]:
            self._say_dry_run(made, options["update"])
            return
        self._write(made, update=options["update"])

    def _read(self, name: str) -> Plan:
        try:
            raw = Path(name).read_bytes()
        except OSError as problem:
            raise CommandError(f"I cannot read {name}: {problem.strerror}.") from problem
        try:
            return plan(read(raw))
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem

    def _tell(self, made: Plan, options: dict[str, Any]) -> None:
        for number, words in made.problems[:SHOWN_AT_MOST]:
            self.stdout.write(f"row {number}: {words}")
        for change in made.changed[:SHOWN_AT_MOST]:
            columns = ", ".join(change.columns)
            self.stdout.write(f"row {change.number}: differs from the record here in {columns}")
        wrong = len({number for number, _words in made.problems})
        kept = f", {made.kept_back} kept back by a host" if made.kept_back else ""
        rows = "1 row" if made.rows == 1 else f"{made.rows} rows"
        self.stdout.write(
            f"{rows}: {len(made.new)} new, {made.same} already here, "
            f"{len(made.changed)} changed, {wrong} wrong{kept}."
        )
        if made.changed and not options["update"]:
            self.stdout.write("Changed rows are left alone; add --update to take them over.")

    def _say_dry_run(self, made: Plan, update: bool) -> None:
        if made.new or (made.changed and update):
            self.stdout.write("Nothing was written: this was a dry run. Add --apply to do it.")
        else:
            self.stdout.write("There is nothing to do.")

    def _write(self, made: Plan, *, update: bool) -> None:
        changes = made.changed if update else []
        if not made.new and not changes:
            self.stdout.write("Nothing had to change.")
            return
        try:
            with transaction.atomic():
                rows = add_records(records=[record for _number, record in made.new], by=None)
                for change in changes:
                    change_record(row=change.row, record=change.record, by=None)
        except IntegrityError as problem:
            raise CommandError(
                "Nothing was written: somebody else was importing too. Try again."
            ) from problem
        except Held as held:
            raise CommandError(
                f"Nothing was written: the new words of “{held.title}” need a host's eyes first."
            ) from held
        waiting = sum(not row.is_public for row in rows)
        self.stdout.write(f"Brought in {len(rows)}, updated {len(changes)}.")
        if waiting:
            self.stdout.write(f"{waiting} of them wait at the desk for a host.")
