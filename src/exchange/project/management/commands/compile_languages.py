"""Compiles the translations that changed since they were last compiled.
Called by the launcher and by tests; needs no gettext programs."""

from typing import Any

from django.core.management.base import BaseCommand

from exchange.project.languages import compile_changed


class Command(BaseCommand):
    help = "Compile the translations (.po to .mo) that changed."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        done = compile_changed()
        self.stdout.write(f"Compiled: {', '.join(done)}." if done else "Nothing to compile.")
