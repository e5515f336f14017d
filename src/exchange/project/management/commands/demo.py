"""Pretend people and conversations to look around with; `--remove` takes them away again.
Called by people, through `./exchange demo`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.project.pretending import play, remove
from exchange.taxonomy import vocabulary


class Command(BaseCommand):
    help = "Bring in pretend members and conversations, or take them away with --remove."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove", action="store_true", help="take all of it away again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self._remove()
            return
        if not vocabulary.terms("topic"):
            raise CommandError("The vocabulary is not loaded yet. Run load_starter first.")
        played = play()
        if not (played.members or played.contributions or played.replies):
            self.stdout.write("The demo is here already. `demo --remove` takes it away.")
            return
        self.stdout.write(
            f"Brought in {played.members} pretend members (a tree's name and “demo”), "
            f"{played.contributions} contributions and {played.replies} replies. "
            "`demo --remove` takes them away."
        )
        if played.waiting:
            self.stdout.write(f"{played.waiting} of them wait for a host at the desk.")

    def _remove(self) -> None:
        gone = remove()
        self.stdout.write(
            f"Took away {gone.members} pretend members, {gone.contributions} contributions and "
            f"{gone.replies} replies."
        )
        if gone.withdrawn:
            self.stdout.write(
                f"{gone.withdrawn} pretend contributions hold answers of real members; they are "
                "withdrawn, and those answers are kept."
            )
