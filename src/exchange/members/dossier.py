"""One person's dossier: every room with personal data says how to export and how to erase it.
Rooms call `register` from their hooks; `export` and `erase` are for the people concerned.

    @register("conversation")
    class Conversation:
        def export(self, member: Member) -> dict[str, object]: ...
        def erase(self, member: Member) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import transaction

from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Agreement, Member, Pause, Trait


class Entry(Protocol):
    """One room's part. `erase` runs in a transaction and never deletes what others wrote."""

    def export(self, member: Member) -> dict[str, object]: ...

    def erase(self, member: Member) -> None: ...


E = TypeVar("E", bound=type)
CHOICES = ("data_saver", "neutral_subjects", "quick_exit")
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


def take_back(member: Member) -> None:
    """Withdraw and empty everything they wrote, in every room that says how; in the transaction
    of their leaving, before they are erased."""
    for entry in list(_entries.values()):
        withdraw = getattr(entry, "take_back", None)
        if withdraw is not None:
            withdraw(member)


def without_entry() -> list[str]:
    """Models that point at a member although nobody says how to export and erase them."""
    pointing = {
        relation.related_model._meta
        for relation in Member._meta.related_objects
        if not relation.related_model._meta.auto_created
    }
    return sorted(meta.label for meta in pointing if meta.app_label not in _covered)


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
