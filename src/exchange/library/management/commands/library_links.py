"""`./exchange library_links`: ask the links of records whether they still lead somewhere.
Run by a host by hand; the clock does the same by itself where the Exchange is in public."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exchange.core.time import now
from exchange.library.health import links
from exchange.library.models import LinkCheck


class Command(BaseCommand):
    """Asks those that are due, a polite one after the other, and says what was found."""

    help = "Ask the links of records whether they still lead somewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--minutes", type=float, default=5.0, help="stop after so long (5)")
        parser.add_argument("--all", action="store_true", help="also those that are not due yet")

    def handle(self, **options: Any) -> None:
        count = links.gather()
        self.stdout.write(f"{count} links of records that can be read.")
        if options["all"]:
            LinkCheck.objects.update(next_at=now())
        left = options["minutes"] * 60.0
        began = now()
        asked = 0
        while left > 0:
            some = links.check_due(moment=now(), seconds=left, most=1000)
            asked += some
            left = options["minutes"] * 60.0 - (now() - began).total_seconds()
            if not some:
                break
        self.stdout.write(f"Asked {asked}.")
        for state in LinkCheck.State:
            n = LinkCheck.objects.filter(state=state).count()
            if n:
                self.stdout.write(f"{state.label}: {n}")
