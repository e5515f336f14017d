"""`./exchange doctor mail`: whether our mail can arrive and come in, and what to publish.
Ends with 1 only when something is wrong; what could not be asked is no fault."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from exchange.mail.doctor.examining import Case, examine
from exchange.mail.doctor.finding import Finding
from exchange.mail.doctor.keys import write_pair
from exchange.mail.door.setting import Unreadable
from exchange.mail.trust import asking

SAID = {"well": "well   ", "wrong": "WRONG  ", "unasked": "?      "}
PATIENCE = 40.0


class Command(BaseCommand):
    help = "Look at MX, SPF, DKIM, DMARC, PTR, TLS and the mail door, and say what to publish."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object, for programs")
        parser.add_argument(
            "--write-dkim", metavar="DIR", help="make a pair of keys for DKIM there"
        )

    def handle(self, *args: str, **options: Any) -> None:
        case = _case()
        if options["write_dkim"]:
            self._write_keys(case, Path(options["write_dkim"]))
            return
        try:
            found = list(examine(case, asking.of_the_internet(patience=PATIENCE)))
        except Unreadable as trouble:
            raise CommandError(str(trouble)) from None
        count = sum(finding.state == "wrong" for finding in found)
        if options["json"]:
            said = {"domain": case.author, "wrong": count, "findings": [asdict(f) for f in found]}
            self.stdout.write(json.dumps(said))
        else:
            self._say(case, found, count)
        if count:
            sys.exit(1)

    def _say(self, case: Case, found: list[Finding], count: int) -> None:
        self.stdout.write(f"Looking at mail for {case.author}.")
        for finding in found:
            self.stdout.write(f"  {SAID[finding.state]}{finding.matter:8} {finding.words}")
            if finding.publish:
                self.stdout.write(f"         publish: {finding.publish}")
        asked = sum(finding.state == "unasked" for finding in found)
        rest = f" {asked} could not be asked." if asked else ""
        end = f"{count} thing(s) to put right." if count else "Nothing is wrong."
        self.stdout.write(end + rest)

    def _write_keys(self, case: Case, folder: Path) -> None:
        selector = (*case.selectors, "exchange")[0]
        try:
            path, line = write_pair(folder, domain=case.author, selector=selector)
        except FileExistsError:
            raise CommandError(f"There is a key of that name in {folder}; I leave it.") from None
        except OSError as problem:
            raise CommandError(f"{folder} cannot be written: {problem.strerror}.") from None
        self.stdout.write(
            f"The private key is in {path}; give it to your mail server, which signs."
        )
        self.stdout.write(f"publish: {line}")
        self.stdout.write(f"Then set EXCHANGE_DKIM_SELECTOR={selector} and ask again.")


def _case() -> Case:
    return Case(
        mail_from=settings.MAIL_FROM,
        mail_domain=settings.MAIL_DOMAIN,
        contact=settings.CONTACT,
        site=urlsplit(settings.BASE_URL).hostname or "",
        smtp=settings.SMTP_URL,
        door=settings.MAIL_DOOR,
        selectors=tuple(settings.DKIM_SELECTORS),
        senders=tuple(settings.MAIL_SENDS_FROM),
        is_production=settings.PRODUCTION,
    )
