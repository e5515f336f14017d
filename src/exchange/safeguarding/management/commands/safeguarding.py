"""`./exchange safeguarding lead|deputy|end EMAIL`, `show`: who looks after safeguarding, from the
machine itself. Called by the person who runs the Exchange."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.core.words import day
from exchange.members import queries as people
from exchange.members.models import Member
from exchange.members.rules import has_second_factor
from exchange.safeguarding import queries
from exchange.safeguarding.actions import standing


class Command(BaseCommand):
    help = "Name the safeguarding lead or a deputy, end their task, or show who they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="what", required=True)
        for what in ("lead", "deputy", "end"):
            parts.add_parser(what).add_argument("email")
        parts.add_parser("show")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "show":
            self._show()
            return
        member = people.by_address(options["email"])
        if member is None or not member.is_active:
            raise CommandError(f"{options['email']} has not joined. They join at /join/ first.")
        if options["what"] == "end":
            self._end(member)
            return
        standing.appoint(member=member, role=options["what"])
        self.stdout.write(f"{member.shown_name} <{member.email}> is now {options['what']}.")
        if not has_second_factor(member):
            self.stdout.write("Before they can open a case they are asked for a second factor.")

    def _end(self, member: Member) -> None:
        if not standing.step_down(member=member):
            raise CommandError(f"{member.email} does not look after safeguarding.")
        self.stdout.write(f"{member.shown_name} <{member.email}> looks after it no more.")

    def _show(self) -> None:
        for row in queries.roles():
            second = "" if has_second_factor(row.member) else ", no second factor yet"
            who = f"{row.member.shown_name} <{row.member.email}>"
            self.stdout.write(f"{row.role}: {who}, since {day(row.since)}{second}")
        for fault in queries.missing():
            self.stdout.write(fault)
