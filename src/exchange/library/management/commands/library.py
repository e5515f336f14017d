"""`library import FILE` and `library harvest URL`: bring records into the library.
Called by people, through `./exchange library`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from exchange.library.actions import Held
from exchange.library.bringing.actions import bring, foreign_of, keep_plan
from exchange.library.bringing.harvesting import harvested
from exchange.library.bringing.opening import FORMS, Opened, opened
from exchange.library.bringing.rows import LARGEST_FILE, MOST_ROWS, Unreadable
from exchange.library.bringing.sources import add_source
from exchange.library.importing import Filling, Outcome, Plan, plan
from exchange.library.models import HarvestSource
from exchange.taxonomy import vocabulary

SHOWN_AT_MOST = 200
_SAID = {
    Outcome.NEEDS: "left out",
    Outcome.TWIN: "left out",
    Outcome.GONE: "left as it is",
}


class Command(BaseCommand):
    help = "Look after the library: bring in records from a file or from another library."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        bring_in = verbs.add_parser("import", help="bring records in from CSV, RIS or BibTeX")
        bring_in.add_argument("file", help="a CSV file with a heading row, a RIS or BibTeX file")
        bring_in.add_argument("--form", choices=FORMS, default="", help="else by what it holds")
        bring_in.add_argument(
            "--keep-good", action="store_true", help="bring good rows in though others are wrong"
        )
        _add_common(bring_in)
        harvest = verbs.add_parser("harvest", help="bring records in from another library")
        harvest.add_argument("url", help="its address for OAI-PMH")
        harvest.add_argument("--set", default="", help="only this part of it")
        harvest.add_argument("--from", default="", help="only what changed since YYYY-MM-DD")
        _add_common(harvest)

    def handle(self, *args: Any, **options: Any) -> None:
        if not vocabulary.terms("topic"):
            raise CommandError("The vocabulary is not loaded yet. Run load_starter first.")
        if options["verb"] == "harvest":
            self._harvest(options)
        else:
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        read = self._read(options["file"], options["form"])
        if read.words:
            self.stdout.write(read.words)
        made = plan(read.rows, filling=_filling(options), is_table=read.form == "csv")
        self._tell(made, options)
        if made.problems and not (options["apply"] and options["keep_good"]):
            raise CommandError(
                "Nothing was written. Put the rows right"
                + (", or add --keep-good to bring in the others." if made.new else ".")
            )
        self._end(made, read.form, Path(options["file"]).name, None, options)

    def _harvest(self, options: dict[str, Any]) -> None:
        """Rows that are wrong there nobody here can put right: the others come in."""
        options["keep_good"] = True
        known = HarvestSource.objects.filter(url=options["url"], set_spec=options["set"]).first()
        found = harvested(
            options["url"],
            set_spec=options["set"],
            since=_day(options["from"]),
            most=MOST_ROWS,
            seconds=900,
            most_bytes=LARGEST_FILE,
        )
        for words in filter(None, [found.trouble, *found.words]):
            self.stdout.write(words)
        if found.trouble and not found.rows:
            raise CommandError(found.trouble)
        foreign = foreign_of(known, found.rows)
        made = plan(found.rows, filling=_filling(options), is_table=False, foreign=foreign)
        self._tell(made, options)
        if options["apply"] and known is None:
            known = add_source(
                url=options["url"], set_spec=options["set"], name=found.name, by=None
            )
        self._end(made, "oai", found.name or options["url"], known, options)

    def _end(
        self,
        made: Plan,
        form: str,
        name: str,
        source: HarvestSource | None,
        options: dict[str, Any],
    ) -> None:
        if options["apply"]:
            self._write(made, form, name, source, options)
        else:
            self._say_dry_run(made, options["update"])

    def _read(self, name: str, form: str) -> Opened:
        try:
            raw = Path(name).read_bytes()
        except OSError as problem:
            raise CommandError(f"I cannot read {name}: {problem.strerror}.") from problem
        try:
            return opened(raw, form)
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem

    def _tell(self, made: Plan, options: dict[str, Any]) -> None:
        for number, words in made.problems[:SHOWN_AT_MOST]:
            self.stdout.write(f"row {number}: {words}")
        for outcome, said in _SAID.items():
            for one in made.of(outcome)[:SHOWN_AT_MOST]:
                self.stdout.write(f"row {one.number}: {said}: {'; '.join(one.words)}")
        for one in made.of(Outcome.CHANGED)[:SHOWN_AT_MOST]:
            columns = ", ".join(one.columns)
            self.stdout.write(f"row {one.number}: differs from the record here in {columns}")
        for one in made.of(Outcome.NEW)[:SHOWN_AT_MOST]:
            for words in one.words:
                self.stdout.write(f"row {one.number}: new; {words}")
        self.stdout.write(_counted(made))
        if made.of(Outcome.CHANGED) and not options["update"]:
            self.stdout.write("Changed rows are left alone; add --update to take them over.")
        if made.of(Outcome.NEEDS):
            self.stdout.write("Say what is missing with --type, --place, --topic, --language.")

    def _say_dry_run(self, made: Plan, update: bool) -> None:
        if made.new or (made.of(Outcome.CHANGED) and update):
            self.stdout.write("Nothing was written: this was a dry run. Add --apply to do it.")
        else:
            self.stdout.write("There is nothing to do.")

    def _write(
        self,
        made: Plan,
        form: str,
        name: str,
        source: HarvestSource | None,
        options: dict[str, Any],
    ) -> None:
        update = options["update"]
        if not made.new and not (made.of(Outcome.CHANGED) and update):
            self.stdout.write("Nothing had to change.")
            return
        try:
            with transaction.atomic():
                run = keep_plan(form=form, name=name, made=made, by=None, source=source)
                done = bring(
                    run=run,
                    by=None,
                    numbers=None,
                    update=update,
                    filling=_filling(options),
                    strict=not options["keep_good"],
                )
        except Held as held:
            raise CommandError(
                f"Nothing was written: the new words of “{held.title}” need a host's eyes first."
            ) from held
        self.stdout.write(f"Brought in {done.brought}, updated {done.updated}.")
        if done.waiting:
            self.stdout.write(f"{done.waiting} of them wait at the desk for a host.")
        if done.held:
            self.stdout.write(f"{done.held} stayed as they were: a host must read them first.")
        if done.left:
            self.stdout.write(f"{done.left} were left: somebody changed the library meanwhile.")


def _add_common(parser: ArgumentParser) -> None:
    parser.add_argument("--apply", action="store_true", help="write; without it nothing is")
    parser.add_argument(
        "--update", action="store_true", help="let records here say what changed rows say"
    )
    for name in ("type", "topic", "place", "language"):
        parser.add_argument(f"--{name}", default="", help=f"the {name} of rows that name none")


def _day(given: str) -> datetime | None:
    try:
        return datetime.fromisoformat(given).replace(tzinfo=UTC) if given else None
    except ValueError as problem:
        raise CommandError(f"“{given}” is no day; write it as 2026-11-20.") from problem


def _filling(options: dict[str, Any]) -> Filling:
    """What the options say of rows that are silent. A slug nobody knows is said so row by row."""
    place = options["place"].strip()
    is_region = vocabulary.term(f"region:{place.casefold()}") is not None
    return Filling(
        language=options["language"],
        resource_types=options["type"],
        topics=options["topic"],
        regions=place if is_region else "",
        countries="" if is_region else place,
    )


def _counted(made: Plan) -> str:
    """ "5 rows: 2 new, 1 already here, 1 changed, 1 wrong." """
    n = {outcome: len(made.of(outcome)) for outcome in Outcome}
    rows = "1 row" if made.rows == 1 else f"{made.rows} rows"
    more = "".join(
        f", {n[outcome]} {words}"
        for outcome, words in (
            (Outcome.KEPT_BACK, "kept back by a host"),
            (Outcome.TWIN, "here under another title"),
            (Outcome.NEEDS, "that say too little"),
            (Outcome.GONE, "deleted there"),
        )
        if n[outcome]
    )
    return (
        f"{rows}: {n[Outcome.NEW]} new, {n[Outcome.SAME]} already here, "
        f"{n[Outcome.CHANGED]} changed, {n[Outcome.WRONG]} wrong{more}."
    )
