"""Prints how to become the first host, for as long as there is none.
Called by `./exchange run` when everything is up."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils.translation import override

from exchange.members import first_host, queries


class Command(BaseCommand):
    help = "Say how to become the first host; nothing when there is a host."

    def handle(self, *args: Any, **options: Any) -> None:
        if queries.there_is_a_host():
            first_host.close()
            return
        with override("en"):
            page = reverse("members:first-host", args=[first_host.token()])
        self.stdout.write("There is no host yet. To become the first one, open this link:")
        self.stdout.write(f"  {settings.BASE_URL}{page}")
        self.stdout.write("It works once. Or: ./exchange host add you@example.org")
        if not settings.PRODUCTION:
            self.stdout.write(f"Codes for signing in appear at {settings.BASE_URL}/outbox/")
