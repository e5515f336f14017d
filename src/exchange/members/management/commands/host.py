"""`./exchange host add|list|end`: who the hosts are, from the machine itself.
Called by the person who runs the Exchange."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from exchange.core.words import day
from exchange.members import actions, queries, rules
from exchange.members.models import Member


class Command(BaseCommand):
    help = "Add, list or end hosts."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="make somebody a host; they need not have joined")
        add.add_argument("email")
        add.add_argument("--name", default="", help="the name others see, if they have not joined")
        verbs.add_parser("list", help="who hosts")
        end = verbs.add_parser("end", help="the member stays a member")
        end.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        {"add": self._add, "list": self._list, "end": self._end}[options["verb"]](options)

    def _add(self, options: dict[str, Any]) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address.") from error
        member = queries.by_address(email)
        if member is None:
            member = actions.invite_host(email=email, display_name=options["name"])
            self._say(f"{email} is a host. They sign in at /sign-in/ with a code sent to them.")
        else:
            actions.appoint_host(member=member)
            self._say(f"{member.shown_name} <{email}> is a host.")
        if not rules.has_second_factor(member):
            self._say("Before they can work at the desk they are asked for a second factor.")
        for other in queries.members_who_look_like(member):
            self._say(f"Look: member {other.pk} is shown as “{other}”, which looks the same.")

    def _list(self, options: dict[str, Any]) -> None:
        hosts = Member.objects.hosts().order_by("hosting_since")
        for host in hosts:
            since = day(host.hosting_since) if host.hosting_since else ""
            second = "" if rules.has_second_factor(host) else ", no second factor yet"
            self._say(f"{host.shown_name} <{host.email}>, since {since}{second}")
        if not hosts:
            self._say("There is no host yet. Make one: ./exchange host add you@example.org")

    def _end(self, options: dict[str, Any]) -> None:
        member = queries.by_address(options["email"])
        if member is None or not member.is_host:
            raise CommandError(f"{options['email']} is not a host.")
        actions.end_hosting(member=member)
        self._say(f"{member.shown_name} <{member.email}> is no longer a host.")
        if not queries.there_is_a_host():
            self._say("There is no host now. Make one: ./exchange host add you@example.org")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
