"""The people of the tests, and how they sign in.
Called by tests/conftest.py and by tests that need one more of them."""

import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from exchange.core.text import skeleton
from exchange.core.time import now
from exchange.members.models import CONDUCT_VERSION, Agreement, Member


def person(name: str, **fields: Any) -> Member:
    """A member who has agreed to everything and whose address is verified."""
    fields.setdefault("email", f"{name.lower()}@example.org")
    fields.setdefault("languages", "en")
    # Whom a host has welcomed has also had something let out, unless a test says otherwise.
    fields.setdefault("accepted_at", fields.get("welcomed_at"))
    member = Member.objects.create_user(display_name=name, name_skeleton=skeleton(name), **fields)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    Agreement.objects.create(member=member, what=Agreement.What.ADULT)
    Agreement.objects.create(member=member, what=Agreement.What.CONDUCT, version=CONDUCT_VERSION)
    return member


def with_second_factor(member: Member) -> Member:
    """The member with an authenticator app set up."""
    TOTP.activate(member, generate_totp_secret())
    return member


def amina() -> Member:
    """A welcomed member, a practitioner in Kenya."""
    return person("Amina", country="KE", languages="en sw", role="Case worker", welcomed_at=now())


def beatriz() -> Member:
    """A host with a second factor."""
    return with_second_factor(person("Beatriz", languages="pt en", hosting_since=now()))


def chen() -> Member:
    """A newcomer: nobody has welcomed them yet."""
    return person("Chen")


def desta() -> Member:
    """The safeguarding lead; a host with a second factor as well."""
    return with_second_factor(person("Desta", languages="en am", hosting_since=now()))


def signed_in(client: Client, member: Member) -> Client:
    """The client with the member signed in, by code and by the second factor if they have one."""
    client.force_login(member)
    session = client.session
    records: list[dict[str, Any]] = [{"method": "code", "at": time.time(), "email": member.email}]
    second = Authenticator.objects.filter(user=member).first()
    if second:
        used = {"method": "mfa", "at": time.time(), "id": second.pk, "type": second.type}
        records.append({**used, "reauthenticated": True})
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    return client
