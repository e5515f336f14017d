"""Makes up content in any amount, to measure with.
Called by people, through `./exchange generate`; never where real people's words are."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.core.text import size_in_words
from exchange.project.generating.make import database_size, holds_real_members, make
from exchange.taxonomy import vocabulary


class Command(BaseCommand):
    help = "Fill the database with made-up members, contributions and replies, to measure with."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--contributions", type=int, default=10_000)
        parser.add_argument("--replies-per", type=float, default=5.0)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--into-existing", action="store_true", help="even though real members are here"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["contributions"] < 1 or options["replies_per"] < 0:
            raise CommandError("Ask for at least one contribution and no negative replies.")
        if holds_real_members() and not options["into_existing"]:
            raise CommandError(
                "This database holds real members. Made-up content belongs in one of its own: "
                "choose another with --data DIR, or add --into-existing if you are sure."
            )
        if not vocabulary.terms("topic"):
            raise CommandError("The vocabulary is not loaded yet. Run load_starter first.")
        made = make(
            contributions=options["contributions"],
            replies_per=options["replies_per"],
            seed=options["seed"],
            say=self.stdout.write,
        )
        rows = made.contributions + made.replies
        self.stdout.write(
            f"Made {made.members} members, {made.contributions} contributions and "
            f"{made.replies} replies in {made.seconds:.0f} s "
            f"({rows / made.seconds:.0f} rows a second; search took {made.index_seconds:.0f} s). "
            f"The database takes {size_in_words(database_size())}."
        )
