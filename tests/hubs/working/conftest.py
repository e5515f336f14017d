"""A group with a host, two members, a guest, and everybody else outside.
Read by pytest alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from exchange.core.time import now
from exchange.hubs.models import Membership, Paper, Space
from exchange.hubs.working import meetings, papers
from exchange.hubs.working.meetings import When
from exchange.hubs.working.papers import Written
from exchange.members.models import Member
from tests import bymail, cast

Role = Membership.Role


@pytest.fixture
def group(db: None) -> Space:
    made: Space = Space.objects.create(
        kind="group", slug="nairobi", name="After Nairobi", time_zone="Africa/Nairobi"
    )
    return made


def belongs(space: Space, member: Member, role: str = "member", **more: str) -> Member:
    Membership.objects.create(space=space, member=member, role=role, state="in", **more)
    return member


@pytest.fixture
def halima(group: Space) -> Member:
    """Hosts the group, with a second factor; no host of the Exchange."""
    member = cast.with_second_factor(cast.person("Halima", welcomed_at=now()))
    return belongs(group, member, Role.HOST)


@pytest.fixture
def amina(group: Space) -> Member:
    return belongs(group, cast.amina())


@pytest.fixture
def juma(group: Space) -> Member:
    """Came with the workshop: new on the Exchange, no newcomer here."""
    return belongs(group, cast.person("Juma"))


@pytest.fixture
def grace(group: Space) -> Member:
    return belongs(group, cast.person("Grace"), Role.GUEST)


@pytest.fixture
def browser() -> Callable[[Member], Client]:
    return lambda member: cast.signed_in(Client(), member)


@pytest.fixture
def meeting(group: Space, halima: Member) -> Paper:
    """In four days, at ten in the morning on the wall in Nairobi."""
    day = (now() + timedelta(days=4)).replace(hour=10, minute=0, second=0, microsecond=0)
    return meetings.plan(
        group,
        by=halima,
        written=Written(title="How the first month went"),
        when=When(day.replace(tzinfo=None), 90, "At the office"),
    )


@pytest.fixture
def draft(group: Space, amina: Member) -> Paper:
    words = Written(title="What we learned", body="First line.\n\nSecond line.")
    return papers.write(group, kind="draft", by=amina, written=words)


@pytest.fixture
def post(settings, tmp_path: Path, db: None) -> type[bymail.Post]:
    bymail.settle_in(settings, tmp_path)
    return bymail.Post
