"""A working group that stands in no list, a hub, and all they keep for themselves.
Called by tests/access/world.py alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from exchange.contributions.actions import publish, submit, withdraw
from exchange.contributions.models import Contribution, State
from exchange.conversation.actions import answer
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.hubs.belonging import actions as belonging
from exchange.hubs.inviting import actions as inviting
from exchange.hubs.inviting.rules import One
from exchange.hubs.models import CalendarKey, Invitation, InviteLink, Membership, Paper
from exchange.hubs.pairs import actions as pairs
from exchange.hubs.working import decisions, files, meetings, notes, papers, points
from exchange.hubs.working.meetings import When
from exchange.hubs.working.papers import Written
from exchange.hubs.working.points import Task
from tests import within
from tests.access.marks import World
from tests.access.shared import content
from tests.library.files import made

SLUG = "kitui"


def spaces(world: World) -> None:
    """The group with its people, who came and who went; and a hub, which everybody sees."""
    members, host = world.members, world.members["group host"]
    name = world.mark("group", "name of the group")
    group = within.group(
        SLUG, name=f"Kitui {name}", is_listed=False, about="After the workshop.", opened_by=host
    )
    within.belongs(group, host, within.Role.HOST)
    for who in ("author", "member"):
        within.belongs(group, members[who], trusted_at=now())
    within.belongs(group, members["guest"], within.Role.GUEST)
    within.belongs(group, members["former"])
    belonging.leave(place=Membership.objects.get(space=group, member=members["former"]))
    place = within.belongs(group, members["friend"])
    place.words = f"I worked {world.mark('words of who asks', 'people of the group')} there"
    place.state = within.State.ASKED
    place.save()
    world.at.update({"group": group, "asks": place.pk})
    hub = within.hub("near", name=f"Near {world.mark('hub', 'everybody')}", countries="KE")
    world.at["hub"] = hub


def talk(world: World) -> None:
    """What is said inside, let out or waiting or taken back; and answers to it."""
    members = world.members
    amina, mosi = members["author"], members["member"]
    for kind in ("question", "experience", "idea", "discussion", "notice"):
        words = world.mark(f"inside {kind}", "inside")
        row = _written(world, kind, content(kind, words))
        world.at[f"inside {kind}"] = row.pk
        world.at[f"inside {kind} row"] = row
    about = world.at["inside discussion row"]
    words = f"We began {world.mark('inside reply', 'inside')} there."
    row = answer(contribution=about, author=mosi, body=words, language="en")
    assert row.state == State.INSIDE
    world.at["inside reply"] = row.pk
    words = f"We wait {world.mark('waiting inside reply', 'waits inside')} there."
    row = answer(contribution=about, author=amina, body=words, language="en")
    Reply.objects.filter(pk=row.pk).update(state=State.WAITING)
    world.at["waiting inside reply"] = row.pk
    words = world.mark("waiting inside", "waits inside")
    row = _written(world, "discussion", content("discussion", words))
    Contribution.objects.filter(pk=row.pk).update(state=State.WAITING)
    world.at["waiting inside"] = row.pk
    gone = _written(
        world, "idea", content("idea", world.mark("withdrawn inside", "taken back inside"))
    )
    world.at["withdrawn inside"] = withdraw(contribution=gone, by=amina).pk


def _written(world: World, kind: str, given: Any) -> Contribution:
    group, host = world.at["group"], world.members["group host"]
    row = submit(
        kind=kind,
        content=given,
        author=world.members["author"],
        space=group,
        is_inside=True,
        insist=True,
    )
    if row.state != State.INSIDE:
        row = publish(contribution=row, by=host, version=row.version)
    assert row.state == State.INSIDE
    return row


def kept(world: World) -> None:
    """One paper of each sort."""
    amina, host, group = world.members["author"], world.members["group host"], world.at["group"]
    day = (now() + timedelta(days=4)).replace(hour=10, minute=0, second=0, microsecond=0)
    when = When(day.replace(tzinfo=None), 90, f"At {world.mark('where they meet', 'inside')}")
    meeting = meetings.plan(group, by=host, written=_words(world, "meeting"), when=when)
    point = meetings.propose(meeting, by=amina, written=_words(world, "agenda"))
    meetings.decide(point, by=host, choice="accepted")
    meetings.come(meeting, by=amina, answer="yes")
    written = notes.save(meeting, by=amina, written=_words(world, "notes"), version=0)
    decision = papers.write(group, kind="decision", by=amina, written=_words(world, "decision"))
    decisions.say(decision, by=amina, choice="agree", written=_words(world, "stance"))
    outcome = decisions.close(decision, by=host, written=_words(world, "outcome"))
    draft = papers.write(group, kind="draft", by=amina, written=_words(world, "shared draft"))
    papers.change(draft, by=amina, written=_words(world, "later draft"), version=draft.version)
    task = Task(owner=amina, due_on=day.date())
    action = points.add(group, by=amina, written=_words(world, "action"), task=task)
    file = files.add(
        group, by=amina, upload=made.sent(b"Who came.\n" * 40), written=_words(world, "group file")
    )
    waits = papers.write(group, kind="draft", by=amina, written=_words(world, "w", "paper waits"))
    Paper.objects.filter(pk=waits.pk).update(state=Paper.State.HELD)
    found = {"meeting": meeting, "agenda": point, "notes": written, "decision": decision}
    found |= {"outcome": outcome, "shared draft": draft, "action": action, "group file": file}
    world.at.update({name: row.pk for name, row in {**found, "waiting paper": waits}.items()})
    world.at["group file key"] = files.newest(file).key
    world.at["calendar"] = CalendarKey.objects.create(member=amina).key


def _words(world: World, name: str, audience: str = "inside") -> Written:
    mark = world.mark(f"{name} paper" if len(name) == 1 else name, audience)
    return Written(title=f"On {mark}", body=f"Lanterns {mark} in the evening.")


def invited(world: World) -> None:
    """Who was written to, a link, two who are to write to each other."""
    host, group = world.members["group host"], world.at["group"]
    address = f"{world.mark('who was invited', 'hosts of the group')}@example.net"
    inviting.invite(
        space=group, people=[One(address, "Zawadi")], language="en", role="member", by=host
    )
    written = Invitation.objects.get()
    world.at["invitation"], world.at["invitation number"] = written.key, written.pk
    link = InviteLink.objects.create(
        space=group, key="linkkey", by=host, expires_at=now() + timedelta(days=3), at_most=5
    )
    world.at["link"] = link.pk
    first, second = world.members["author"], world.members["member"]
    world.at["pair"] = pairs.propose(space=group, first=first, second=second, by=host).pk
