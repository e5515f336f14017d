"""Measures one thing on the database at hand and tells it.
Called by people and by the check machine, through `./exchange bench`."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.project.benching.addresses import addresses
from exchange.project.benching.finding import measurements
from exchange.project.benching.telling import lines
from exchange.project.benching.write import RealMembers


class Command(BaseCommand):
    help = "Measure: pages, search, write. A table for people, with --json one line for programs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = measurements()
        told = "; ".join(f"{one.name}: {one.help}" for one in known.values())
        parser.add_argument("what", choices=[*known, "addresses"], help=told)
        parser.add_argument("directory", nargs="?", help="for extract: where the documents lie")
        parser.add_argument("--json", action="store_true", help="the last line is one JSON object")
        parser.add_argument("--seconds", type=float, help="how long each load lasts")
        parser.add_argument("--members", type=int, help="for digest: how many members")
        parser.add_argument("--connections", type=int, help="for live: how many readers")
        parser.add_argument("--restart", action="store_true", help="for live: once in the middle")
        parser.add_argument("--database", help="the address of another PostgreSQL database")
        parser.add_argument(
            "--compare", metavar="DIR_OR_DATABASE", help="a smaller set, to tell the ratios to"
        )
        parser.add_argument(
            "--into-existing", action="store_true", help="write though real members are here"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        measurement = measurements().get(options["what"])
        if measurement is None or not measurement.own_database:
            self._go_to(options["database"])
        if measurement is None:
            self.stdout.write(json.dumps(addresses()))
            return
        try:
            result = measurement.run(options)
        except RealMembers as refused:
            raise CommandError(
                "This database holds real members, and this would write made-up words into it. "
                "Measure on a generated one, or add --into-existing if you are sure."
            ) from refused
        for line in lines(result):
            self.stdout.write(line)
        if options["json"]:
            self.stdout.write(json.dumps(result))

    def _go_to(self, database: str | None) -> None:
        """Settings are read once, so another database means beginning again."""
        if not database or os.environ.get("EXCHANGE_DATABASE") == database:
            return
        if database == "sqlite" and not os.environ.get("EXCHANGE_DATABASE"):
            return
        env = {**os.environ, "EXCHANGE_DATABASE": "" if database == "sqlite" else database}
        words = [word for word in sys.argv[1:] if word != database]
        words = [word for word in words if word not in ("--database", f"--database={database}")]
        os.execve(sys.executable, [sys.executable, "-m", "exchange", *words], env)  # noqa: S606
