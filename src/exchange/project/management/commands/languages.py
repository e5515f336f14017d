"""`languages --check` judges the translations, `languages --update` writes them out.
Called by `./exchange check` and by translators."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange.core.languages import OWN_NAMES
from exchange.project.languages import TRANSLATED, problems, update

SHOWN_AT_MOST = 60


class Command(BaseCommand):
    help = "Look after the translations: --update writes new strings out, --check judges them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--check", action="store_true", help="fail when a language has gaps")
        what.add_argument(
            "--update", action="store_true", help="bring the files in line with the code"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update"]:
            for language, empty in update().items():
                self.stdout.write(f"{OWN_NAMES[language]}: {empty or 'no'} strings to translate.")
            return
        found = list(problems())
        for words in found[:SHOWN_AT_MOST]:
            self.stdout.write(words)
        if found:
            more = len(found) - SHOWN_AT_MOST
            raise CommandError(
                f"{len(found)} gaps in the translations"
                + (f" ({more} more than are shown)" if more > 0 else "")
                + ". Run `languages --update`, fill them, and try again."
            )
        self.stdout.write(f"All {len(TRANSLATED)} languages are complete.")
