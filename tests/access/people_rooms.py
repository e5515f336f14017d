"""What stands between people: messages, organisations, translations, letters to the hosts, cases.
Called by tests/access/world.py alone."""

from __future__ import annotations

from exchange.alerts.models import Watch
from exchange.contacting.models import Contact, Word
from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.conversation.saved import SavedSearch
from exchange.corresponding.actions import answering, writing
from exchange.members.models import Member
from exchange.organisations import actions as organisations
from exchange.safeguarding import targets
from exchange.safeguarding.actions import Circumstances, report
from exchange.translating import actions as translating
from exchange.translating import pieces
from exchange.translating.models import Translation
from tests.access.marks import World


def messages(world: World) -> None:
    amina, femi = world.members["author"], world.members["friend"]
    words = f"How did you begin {world.mark('message', 'author')} there?"
    message = writing.write(by=amina, to=femi, text=words)
    answering.accept(row=message.correspondence, by=femi)
    world.at["author number"] = amina.pk
    world.at["erased number"] = world.members["erased"].pk
    words = f"With {world.mark('message of the other', 'author')} evenings."
    writing.write(by=femi, to=amina, text=words)
    world.at["correspondence"], world.at["message"] = message.correspondence.pk, message.pk


def working(world: World) -> None:
    """An organisation that a host checked, one that waits, and who asks to look after one."""
    amina, host = world.members["author"], world.members["host"]
    name = f"Umoja {world.mark('organisation', 'everybody')}"
    row = organisations.propose(name=name, by=host, works_there=False)
    world.at["organisation"] = row.slug
    words = f"I answer {world.mark('claim', 'hosts')} letters there."
    claim = organisations.ask_to_speak(
        organisation=row, member=world.members["friend"], words=words
    )
    world.at["claim"] = claim.pk
    name = f"Upendo {world.mark('proposed organisation', 'author and hosts')}"
    waits = organisations.propose(name=name, by=amina, works_there=False)
    world.at["proposed organisation"], world.at["proposed number"] = waits.slug, waits.pk


def carried(world: World) -> None:
    """Translations: begun, waiting for a second reader, out, and of what stands inside."""
    amina, mosi = world.members["author"], world.members["member"]
    for name, audience in (
        ("begun translation", "member alone"),
        ("waiting translation", "second readers"),
        ("translation", "everybody"),
    ):
        content = Content(
            title=f"Tunafanyaje {name}?", body="Katika kijiji.", language="sw", countries=("KE",)
        )
        row = submit(kind="question", content=content, author=amina)
        world.at[name] = _carried(world, name, audience, row, mosi).pk
        world.at[f"original of {name}"] = row.pk
    inside = world.at["inside discussion row"]
    made = _carried(world, "inside translation", "inside", inside, mosi, language="sw")
    world.at["inside translation"] = made.pk


def _carried(
    world: World,
    name: str,
    audience: str,
    row: Contribution,
    by: Member,
    *,
    language: str = "en",
) -> Translation:
    mark = world.mark(name, audience)
    begun = translating.begin(contribution=row, reply=None, language=language, by=by)
    typed: dict[str, list[str]] = {}
    for piece in pieces.of(row, None):
        typed.setdefault(piece.name, []).append(f"Lanterns {mark}")
    begun = translating.keep(row=begun, by=by, typed=typed, version=begun.version)
    if name.startswith("begun"):
        return begun
    begun = translating.send(row=begun, by=by)
    if name.startswith("waiting"):
        Translation.objects.filter(pk=begun.pk).update(state=Translation.State.WAITING)
    elif begun.state == Translation.State.WAITING:
        second = world.members["author"] if "inside" in name else world.members["host"]
        begun = translating.approve(row=begun, by=second, version=begun.version)
    return begun


def told(world: World) -> None:
    """A letter to the hosts, a concern, what somebody follows and keeps looking for."""
    contact = Contact.objects.create(name="Zawadi", address="zawadi@example.net")
    text = f"May we use {world.mark('letter to the hosts', 'hosts')} booklets?"
    Word.objects.create(contact=contact, text=text)
    world.at["contact"] = contact.pk
    row = Contribution.objects.get(pk=world.at["sealed question"])
    concern = report(
        kind="at-risk",
        target=targets.of_contribution(row),
        words=f"The last {world.mark('concern', 'lead')} line.",
        circumstances=Circumstances(line="line1"),
    )
    world.at["case"] = concern.case.pk
    name = f"All {world.mark('kept search', 'author')}"
    search = SavedSearch.objects.create(member=world.members["author"], name=name, words="wells")
    world.at["kept search"], world.at["kept token"] = search.pk, search.token
    label = f"Group {world.mark('watch', 'author')}"
    Watch.objects.create(
        member=world.members["author"], kind="organisation", value="gone-org", label=label
    )
