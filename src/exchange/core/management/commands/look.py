"""`look`: writes look.min.css anew after look.css was changed.
Called by people who change the look."""

from typing import Any

from django.core.management.base import BaseCommand

from exchange.core.look import MADE, SOURCE, minified


class Command(BaseCommand):
    """Make the small style sheet."""

    help = "Write core/static/look.min.css from look.css."

    def handle(self, *args: Any, **options: Any) -> None:
        MADE.write_text(minified(SOURCE.read_text()))
        self.stdout.write(f"{MADE.name}: {MADE.stat().st_size} bytes")
