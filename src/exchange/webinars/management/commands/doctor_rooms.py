"""`python -m exchange doctor_rooms`: whether the engines of video rooms are set up and answer.
Asked by `./exchange doctor`; ends with 1 when somebody should act."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from exchange.webinars.rooms import engines, queries, words


class Command(BaseCommand):
    help = "Say whether BigBlueButton and Jitsi Meet are set up here, and whether they answer."
    requires_system_checks = []

    def handle(self, *args: str, **options: object) -> None:
        wrong = engines.faults()
        trouble = queries.trouble_of_bigbluebutton()
        if trouble == "":
            self.stdout.write("BigBlueButton answers and knows our secret.")
        elif trouble != "none":
            wrong.append(f"BigBlueButton: {words.trouble(trouble)}")
        if engines.jitsi() is not None:
            tokens = "with" if engines.jitsi().secret else "without"  # type: ignore[union-attr]
            self.stdout.write(f"Jitsi Meet is set up, {tokens} tokens; it is not asked anything.")
        if not (settings.BBB or settings.JITSI):
            self.stdout.write("No video rooms are set up; a link to another service always works.")
        for fault in wrong:
            self.stdout.write(fault)
        if wrong:
            sys.exit(1)
