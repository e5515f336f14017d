"""What members and hosts have shared or prepared: one object of every sort in every state.
Called by tests/access/world.py alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from exchange.briefings.briefs import actions as briefs
from exchange.briefings.models import Issue
from exchange.briefings.models.subscriber import Subscriber
from exchange.contributions.actions import hold, prepare, publish, submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, Draft, State, Voice
from exchange.contributions.pictures import actions as picturing
from exchange.contributions.pictures.actions import Ready
from exchange.contributions.voice import actions as voice
from exchange.contributions.voice import keeping
from exchange.conversation.actions import answer
from exchange.core.gates import Outcome, Verdict
from exchange.core.time import now
from exchange.library.actions import add_record
from exchange.library.files import actions as files
from exchange.library.models import Resource
from exchange.library.records import Record
from exchange.library.shelving import actions as shelves
from exchange.mail.tokens import What, make
from exchange.members.models import Member
from exchange.webinars.models import Phase, Seat
from tests.access.marks import World
from tests.contributions.files import photo, reencoded
from tests.library.files import made

PARTS = ("faced", "did", "who_led", "changed", "differently", "tell_others")


def content(kind: str, mark: str, **more: Any) -> Content:
    words = f"What the {mark} lanterns showed us."
    columns: dict[str, Any] = {"starts_on": now().date()} if kind == "notice" else {}
    given: dict[str, Any] = {
        "title": f"Lanterns {mark}",
        "body": "" if kind == "experience" else words,
        "topics": ("child-participation",),
        "countries": ("KE",),
        "parts": dict.fromkeys(PARTS, words) if kind == "experience" else {},
        "expires_at": now() + timedelta(days=9) if kind == "notice" else None,
        "columns": columns,
        "summary": words,
    }
    return Content(**{**given, **more})


def waiting(kind: str, mark: str, author: Member, **more: Any) -> Contribution:
    """Shared as by a newcomer: a host reads it first."""
    kept = author.welcomed_at, author.accepted_at
    author.welcomed_at = author.accepted_at = None
    row = submit(kind=kind, content=content(kind, mark), author=author, insist=True, **more)
    author.welcomed_at, author.accepted_at = kept
    return row


def out(kind: str, mark: str, author: Member, host: Member) -> Contribution:
    row = submit(kind=kind, content=content(kind, mark), author=author, insist=True)
    if row.state != State.PUBLISHED:
        row = publish(contribution=row, by=host, version=row.version)
    return row


def talk(world: World) -> None:
    """Questions and the like, in every state they can have."""
    amina, host = world.members["author"], world.members["host"]
    row = waiting("question", world.mark("waiting question", "author and hosts"), amina)
    world.at["waiting question"] = row.pk
    row = waiting("question", world.mark("held question", "author and hosts"), amina)
    note = f"Please write it anew {world.mark('note of a host', 'author and hosts')}."
    world.at["held question"] = hold(contribution=row, by=host, version=1, note=note).pk
    for kind in ("question", "experience", "idea", "discussion", "notice"):
        row = out(kind, world.mark(f"public {kind}", "everybody"), amina, host)
        world.at[f"public {kind}"] = row.pk
        world.at[f"public {kind} row"] = row
    about = world.at["public question row"]
    words = f"We began with {world.mark('public reply', 'everybody')} evenings."
    reply = answer(contribution=about, author=world.members["friend"], body=words, language="en")
    world.at["public reply"] = reply.pk
    own = f"Mine began {world.mark('own reply', 'everybody')} later."
    world.at["own reply"] = answer(contribution=about, author=amina, body=own, language="en").pk
    row = out("question", world.mark("withdrawn question", "author and hosts"), amina, host)
    world.at["withdrawn question"] = withdraw(contribution=row, by=amina).pk
    row = out("question", world.mark("sealed question", "lead"), amina, host)
    world.at["sealed question"] = row.pk
    _drafts(world)


def pictures(world: World) -> None:
    """One beside a public question, one beside words inside."""
    for name, beside, audience in (
        ("picture", "public question row", "everybody"),
        ("inside picture", "inside discussion row", "inside"),
    ):
        seen = f"A tree {world.mark(name, audience)}"
        given = Ready(reencoded(photo()), seen, "", None, Verdict(Outcome.PASS))
        amina = world.members["author"]
        row = picturing.add(ready=given, contribution=world.at[beside], by=amina)
        world.at[name] = row.key


def _drafts(world: World) -> None:
    amina = world.members["author"]
    words = world.mark("prepared question", "author")
    row = prepare(kind="question", content=content("question", words), author=amina)
    world.at["prepared question"] = row.pk
    answers = {"title": f"Lanterns {world.mark('draft', 'author')}", "body": "Not ready."}
    world.at["draft"] = "draftkey"
    Draft.objects.create(
        member=amina, key="draftkey", kind="question", answers=answers, step="", version=1
    )


def voices(world: World) -> None:
    """A protected voice that is out, one that waits, and why a keeper looked."""
    host, lead, writer = (world.members[name] for name in ("host", "lead", "blocked"))
    keeping.appoint(member=lead, by=host)
    keeping.appoint(member=host, by=lead)
    words = world.mark("voice", "everybody")
    row = voice.speak(
        kind="question", content=content("question", words), member=writer, region="east-africa"
    )
    row.refresh_from_db()
    publish(contribution=row, by=host, version=row.version)
    world.at["voice"] = row.pk
    kept = Voice.objects.get(contribution_id=row.pk, reply_number=0)
    world.at["voice row"] = world.at["voice voice"] = kept.pk
    keeping.look(
        voice=kept, by=host, why=f"Asked {world.mark('why looked', 'writer of the voice')}"
    )
    words = world.mark("waiting voice", "writer of the voice")
    row = voice.speak(
        kind="question", content=content("question", words), member=writer, region="east-africa"
    )
    world.at["waiting voice"] = row.pk


def library(world: World) -> None:
    """Records that are out and that wait, with files; collections."""
    amina, host = world.members["author"], world.members["host"]
    record = _record(world.mark("public record", "everybody"), amina)
    world.at["public record"] = record.pk
    words = f"What {world.mark('file of a record', 'everybody')} people did before. ".encode() * 90
    file = files.keep(upload=made.sent(words), by=host, resource=record, name="Report.txt")
    world.at["file name"], world.at["waiting file name"] = "Report.txt", "Other.txt"
    world.at["file"], world.at["file key"] = file.pk, file.key
    words = f"What {world.mark('waiting file', 'author and hosts')} people did. ".encode() * 90
    file = files.keep(upload=made.sent(words), by=amina, resource=record, name="Other.txt")
    world.at["waiting file"], world.at["waiting file key"] = file.pk, file.key
    shelf = shelves.make_shelf(
        by=host, title=f"All {world.mark('collection', 'everybody')}", words="", language="en"
    )
    item = shelves.put_on(shelf=shelf, resource=record, by=host)
    world.at["collection"], world.at["on shelf"] = shelf.pk, item.pk
    words = world.mark("waiting collection", "author and hosts")
    shelf = shelves.make_shelf(by=amina, title=f"All {words}", words="", language="en")
    world.at["waiting collection"] = shelf.pk
    waits = _record(world.mark("waiting record", "author and hosts"), amina)
    Contribution.objects.filter(pk=waits.pk).update(state=State.WAITING)
    world.at["waiting record"] = waits.pk


def _record(mark: str, author: Member) -> Resource:
    given = Record(
        title=f"Lanterns {mark}",
        url=f"https://www.example.org/{mark}",
        link_kind="original",
        summary=f"What the {mark} lanterns showed.",
        countries=("KE",),
        topics=("child-participation",),
    )
    row = add_record(record=given, by=None)
    Contribution.objects.filter(pk=row.pk).update(author=author)
    found: Resource = Resource.objects.get(pk=row.pk)
    return found


def of_hosts(world: World) -> None:
    """Webinars, briefs, newsletters: prepared and out; who subscribes."""
    host = world.members["lead"]
    for name, phase, whose in (("open", Phase.OPEN, "everybody"), ("planned", None, "hosts")):
        world.at[f"{name} webinar"] = _webinar(world, name, phase, whose)
    for name, whose in (("brief", "everybody"), ("prepared brief", "hosts")):
        given = content("brief", world.mark(name, whose))
        row = briefs.prepare(content=given, by=host, sources=(), quotes=())
        world.at[name] = row.pk
        if whose == "everybody":
            briefs.publish(brief=row, by=host, insist=True)
    day = date(2026, 11, 1)
    issue = Issue.objects.create(
        name=f"Issue {world.mark('issue', 'hosts')}", since=day, until=day, by=host
    )
    world.at["issue"] = issue.pk
    given = content(
        "newsletter", world.mark("edition", "hosts"), columns={"issue_id": issue.pk, "hub": ""}
    )
    world.at["edition"] = prepare(kind="newsletter", content=given, author=host).pk
    address = f"{world.mark('subscriber', 'hosts')}@example.net"
    row = Subscriber.objects.create(address=address, digest="d" * 64, state="confirmed")
    world.at["subscriber"], world.at["subscriber number"] = row.key, row.pk


def _webinar(world: World, name: str, phase: Any, whose: str) -> int:
    host = world.members["lead"]
    columns = {
        "starts_at": now().replace(microsecond=0) + timedelta(days=1),
        "zone": "Africa/Nairobi",
        "hub": "east-africa",
    }
    if phase:
        columns["phase"] = phase
    given = content("webinar", world.mark(f"{name} webinar", whose), columns=columns)
    row = (
        submit(kind="webinar", content=given, author=host)
        if phase
        else prepare(kind="webinar", content=given, author=host)
    )
    if phase:
        words = world.mark("guest of a webinar", "hosts")
        seat = Seat.objects.create(
            webinar_id=row.pk, state=Seat.State.TAKEN, name=f"Guest {words}", email="g@example.net"
        )
        world.at["seat"], world.at["seat token"] = seat.key, make(What.SEAT_LEAVE, item=seat.pk)
    return row.pk
