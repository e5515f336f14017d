"""Publish, or take back, what a host set an hour for.
Run by the worker when something is due."""

from typing import Any

from django.core.management.base import BaseCommand

from exchange.core.time import now
from exchange.writing.scheduling.actions import do_due


class Command(BaseCommand):
    help = "Publish, or take back, what a host set an hour for."

    def handle(self, *positional: Any, **named: Any) -> None:
        do_due(moment=now())
