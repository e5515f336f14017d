"""`./exchange after_restore`: a backup was put back; what waits in it is not sent any more.
Run by hand before the workers start, where database and files were put back together."""

from typing import Any

from django.core.management.base import BaseCommand

from exchange.core.time import now
from exchange.mail import marks


class Command(BaseCommand):
    help = "After a backup was put back: mails that waited when it was made are not sent."

    def handle(self, *args: Any, **options: Any) -> None:
        held = marks.hold_back(until=now())
        self.stdout.write(f"{held} mails of the time before are not sent.")
