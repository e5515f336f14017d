"""One person's dossier: every room with personal data says how to export and how to erase it.
Rooms call `register` from their hooks; `export` and `erase` are for the people concerned. An entry
may also have `files(member)`, what they gave us as files, and `take_back(member)`, which withdraws
and empties their words when they leave and take them along.

    @register("conversation")
    class Conversation:
        def export(self, member: Member) -> dict[str, object]: ...
        def erase(self, member: Member) -> None: ...
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Protocol, TypeVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import transaction
from django.db.models import CharField, EmailField, Model, TextField

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Agreement, Member, Pause, Trait


class Entry(Protocol):
    """One room's part. `erase` runs in a transaction and never deletes what others wrote."""

    def export(self, member: Member) -> dict[str, object]: ...

    def erase(self, member: Member) -> None: ...


E = TypeVar("E", bound=type)
CHOICES = ("data_saver", "neutral_subjects", "quick_exit")
# Columns that name or reach somebody, by how they are called in every room.
_OF_A_PERSON = re.compile(
    r"(^|_)(e?mail|address|phone|telephone|whatsapp|name|surname|nickname)$|_(as|role)$"
)
# Tables with such a column and nobody of ours in it, and why.
NOBODYS: dict[str, str] = {
    "announcing.Actor": "another server, which follows what hosts publish",
    "announcing.Channel": "a channel's address, which hosts keep",
    "auth.Group": "the writing room's editor asks for it; it stays empty",
    "auth.Permission": "the writing room's editor asks for it",
    "contenttypes.ContentType": "names of tables",
    "desk.MonthFigure": "names of figures",
    "ledger.ClockJob": "names of jobs",
    "library.Creator": "authors of documents, as their title pages name them",
    "library.ReadingFigure": "files with the pictures of a document",
    "mail.Mailbox": "our own addresses",
    "mail.Pace": "names of queues",
    "safeguarding.Helpline": "numbers of helplines",
    "taggit.Tag": "the writing room's editor asks for it; it stays empty",
}
# Columns called so that name a thing or a place of it, in tables of people or beside them.
OF_THINGS = frozenset(
    {
        *("briefings.Issue.name", "conversation.SavedSearch.name", "hubs.Kept.name"),
        *("hubs.Space.name", "library.File.name", "library.HarvestSource.name"),
        *("library.ImportRun.name", "organisations.Organisation.name", "pages.HouseText.name"),
        *("webinars.Recording.address",),
    }
)
_entries: dict[str, Entry] = {}
_covered: dict[str, str] = {}


def register(room: str, *, also: tuple[str, ...] = ()) -> Callable[[E], E]:
    """Add a room's entry; `also` names app labels outside our rooms that it takes care of."""

    def add(entry: E) -> E:
        _entries[room] = entry()
        _covered.update(dict.fromkeys((room, *also), room))
        return entry

    return add


def export(member: Member) -> dict[str, dict[str, object]]:
    """Everything the Exchange keeps about a person, by room."""
    return {room: entry.export(member) for room, entry in sorted(_entries.items())}


def erase(member: Member, *, by: Member | None = None) -> None:
    """Remove the person from every room. The account, which the others point at, goes last."""
    with transaction.atomic():
        for room, entry in _entries.items():
            if room != "members":
                entry.erase(member)
        _entries["members"].erase(member)
        actor = by.pk if by else None
        record("member.erased", subject_type="member", subject_id=member.pk, actor_id=actor)


def files(member: Member) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of the files they gave us, one at a time, from every room that has some."""
    for entry in list(_entries.values()):
        given = getattr(entry, "files", None)
        if given is not None:
            yield from given(member)


def take_back(member: Member) -> None:
    """Withdraw and empty everything they wrote, in every room that says how; in the transaction
    of their leaving, before they are erased."""
    for entry in list(_entries.values()):
        withdraw = getattr(entry, "take_back", None)
        if withdraw is not None:
            withdraw(member)


def without_entry() -> list[str]:
    """Models that hold something of a person although nobody says how to export and erase it: a
    way to a member, an address, a name."""
    return sorted(
        model._meta.label for model in personal() if model._meta.app_label not in _covered
    )


def personal() -> list[type[Model]]:
    """Every model with something of a person in it, but those of nobody here (`NOBODYS`)."""
    return [
        model
        for model in apps.get_models()
        if model._meta.label not in NOBODYS and any(map(is_of_a_person, model._meta.local_fields))
    ]


def is_of_a_person(field: Any) -> bool:
    """Whether a column says who somebody is, or how to reach them; by its type or by its name."""
    if field.is_relation:
        return field.related_model is Member
    if isinstance(field, EmailField) or field.name == "person":
        return True
    is_text = isinstance(field, (CharField, TextField)) and not field.choices
    if f"{field.model._meta.label}.{field.name}" in OF_THINGS:
        return False
    return is_text and bool(_OF_A_PERSON.search(field.name))


def rooms() -> list[str]:
    """Every room that keeps something of people."""
    return sorted(_entries)


def rooms_that_are_gone() -> list[str]:
    """Entries of rooms that no longer exist."""
    labels = {config.label for config in apps.get_app_configs()}
    return sorted(set(_entries) - labels)


@register("members", also=("account", "mfa"))
class Account:
    """The account itself: profile, addresses, agreements, second factors (never their secrets)."""

    def export(self, member: Member) -> dict[str, object]:
        told = (
            *("email", "display_name", "country", "languages", "role", "practice"),
            *("practice_topics", "settings", "place", "helps_with", "seeks"),
            *("shown_to", "is_listed", "may_be_offered"),
        )
        when = (
            "joined_at",
            "hosting_since",
            "welcomed_at",
            "accepted_at",
            "paused_until",
            "last_login",
        )
        return {
            **{field: getattr(member, field) for field in (*told, *when, *CHOICES)},
            "addresses": list(EmailAddress.objects.filter(user=member).values("email", "verified")),
            "agreements": list(member.agreements.order_by("at").values("what", "version", "at")),
            "pauses": list(member.pauses.values("at", "until", "ended_at", "why", "note")),
            "second_factors": list(
                Authenticator.objects.filter(user=member).values("type", "created_at")
            ),
        }

    def erase(self, member: Member) -> None:
        EmailAddress.objects.filter(user=member).delete()
        Authenticator.objects.filter(user=member).delete()
        Agreement.objects.filter(member=member).delete()
        Trait.objects.filter(member=member).delete()
        Pause.objects.filter(member=member).delete()
        Pause.objects.filter(by=member).update(by=None, by_name="")
        Member.objects.filter(pk=member.pk).update(
            email=f"erased-{member.pk}@invalid.invalid",
            display_name="",
            name_skeleton="",
            country="",
            languages="",
            role="",
            practice="",
            practice_topics="",
            settings="",
            place="",
            helps_with="",
            seeks="",
            shown_to={},
            is_listed=False,
            may_be_offered=False,
            hosting_since=None,
            is_active=False,
            erased_at=now(),
        )
        member.refresh_from_db()
