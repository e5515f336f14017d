"""Every sort of person who may come to a door of the Exchange, and the browser each of them has.
Called by the tests of access alone."""

from __future__ import annotations

import time
from datetime import timedelta

from django.test import Client

from exchange.core.time import now
from exchange.corresponding.actions import answering
from exchange.members import dossier
from exchange.members.actions import pause
from exchange.members.models import Member
from exchange.safeguarding.actions.standing import appoint
from tests import cast

# Who looks. "resting" is whoever has powers, and has not shown a second factor in this session.
LOOKERS = (
    "visitor",
    "outsider",
    "member",
    "guest",
    "group host",
    "group host resting",
    "former",
    "host",
    "host resting",
    "lead",
    "blocked",
    "paused",
    "erased",
    "author",
)
SAME = {"group host resting": "group host", "host resting": "host"}


def everyone() -> dict[str, Member]:
    """The members behind them. Nobody belongs to a space yet; Femi looks at nothing."""
    members = {
        "author": cast.amina(),
        "outsider": cast.person("Chen", welcomed_at=now()),
        "member": cast.person("Mosi", languages="en sw", welcomed_at=now()),
        "guest": cast.person("Grace", languages="sw en", welcomed_at=now()),
        "group host": cast.with_second_factor(cast.person("Halima", welcomed_at=now())),
        "former": cast.person("Gathoni", welcomed_at=now()),
        "host": cast.with_second_factor(cast.person("Beatriz", hosting_since=now())),
        "lead": cast.desta(),
        "blocked": cast.person("Bilal", welcomed_at=now()),
        "paused": cast.person("Pita", welcomed_at=now()),
        "erased": cast.person("Efua", welcomed_at=now()),
        "friend": cast.person("Femi", welcomed_at=now()),
    }
    appoint(member=members["lead"], role="lead")
    return members


def block_and_pause(members: dict[str, Member]) -> None:
    answering.block(whom=members["blocked"], by=members["author"])
    pause(member=members["paused"], until=now() + timedelta(days=3), by=members["host"])


def browsers(members: dict[str, Member]) -> dict[str, Client]:
    """One for each who looks. Who is erased had signed in before."""
    made = {"visitor": Client()}
    for who in LOOKERS[1:]:
        member = members[SAME.get(who, who)]
        made[who] = _resting(member) if who in SAME else cast.signed_in(Client(), member)
    dossier.erase(members["erased"])
    return made


def _resting(member: Member) -> Client:
    """Signed in by code alone."""
    client = Client()
    client.force_login(member)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "code", "at": time.time(), "email": member.email}
    ]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    return client
