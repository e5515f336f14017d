"""Opening a hub or a group, changing what it is, closing it and opening it again.
Called by the hosts' pages and by the starter; each verb is one transaction and one entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.text import slugify

from exchange.core import ids, time
from exchange.hubs.errors import ChangedMeanwhile
from exchange.hubs.judging import let_pass
from exchange.hubs.models import Membership, Space
from exchange.ledger.actions import record
from exchange.members.models import Member

# Words that stand in addresses beside a hub's own.
RESERVED = frozenset({"invitations", "pairs", "new", "mine"})
_LONGEST_SLUG = 40


@dataclass(frozen=True)
class Words:
    """What hosts tell of a space, and how it works."""

    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    abouts: Mapping[str, str] = field(default_factory=dict)
    countries: str = ""
    languages: str = ""
    time_zone: str = "UTC"
    joins: str = Space.Joins.ASKING
    reads_first: str = Space.Reads.NOBODY
    mail_content: str = Space.Content.FULL
    is_listed: bool = True
    is_sensitive: bool = False

    @property
    def all_words(self) -> str:
        parts = (self.name, *self.names.values(), self.about, *self.abouts.values())
        return "\n".join(filter(None, parts))


def open_space(
    *, kind: str, words: Words, by: Member | None, region: str = "", parent: Space | None = None
) -> Space:
    """A new one; who opens it need not belong to it. Raises Stopped."""
    if by is not None:
        let_pass(text=words.all_words, language=by.first_language, by=by)
    with transaction.atomic():
        space: Space = Space.objects.create(
            kind=kind,
            slug=_slug(words.name),
            region=region,
            parent=parent,
            opened_by=by,
            **asdict(words),
        )
        _record("opened", space, by)
    return space


def change(*, space: Space, words: Words, version: int, by: Member) -> Space:
    """Say it otherwise. Raises ChangedMeanwhile when another host was faster, Stopped."""
    let_pass(text=words.all_words, language=by.first_language, by=by)
    with transaction.atomic():
        row = _locked(space)
        if row.version != version:
            raise ChangedMeanwhile
        for name, value in asdict(words).items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        _record("changed", row, by)
    return row


def place(*, space: Space, region: str, parent: Space | None, by: Member) -> None:
    """Which region a hub is the hub of, which hub a group belongs to: hosts of the Exchange."""
    with transaction.atomic():
        row = _locked(space)
        row.region, row.parent = region, parent
        row.save(update_fields=["region", "parent"])
        _record("changed", row, by)


def close(*, space: Space, by: Member) -> None:
    """Nothing more is written in it; those inside can go on reading. Twice is once."""
    with transaction.atomic():
        row = _locked(space)
        if row.closed_at is not None:
            return
        row.closed_at = time.now()
        row.save(update_fields=["closed_at"])
        _record("closed", row, by)


def reopen(*, space: Space, by: Member) -> None:
    with transaction.atomic():
        row = _locked(space)
        if row.closed_at is None:
            return
        row.closed_at = None
        row.save(update_fields=["closed_at"])
        _record("reopened", row, by)


def seat_first_host(*, space: Space, by: Member) -> None:
    """Who opens a space may host it at once."""
    with transaction.atomic():
        Membership.objects.get_or_create(
            space=space,
            member=by,
            defaults={
                "role": Membership.Role.HOST,
                "state": Membership.State.IN,
                "since": time.now(),
                "trusted_at": time.now(),
                "by": by,
            },
        )


def _locked(space: Space) -> Space:
    row: Space = Space.objects.select_for_update(of=("self",), no_key=True).get(pk=space.pk)
    return row


def _slug(name: str) -> str:
    """From its name; a name without Latin letters gets a word of chance."""
    plain = slugify(name)[:_LONGEST_SLUG].strip("-") or f"group-{ids.new_id()[:8].lower()}"
    taken = set(Space.objects.filter(slug__startswith=plain).values_list("slug", flat=True)) | set(
        RESERVED
    )
    number = 2
    slug = plain
    while slug in taken:
        slug, number = f"{plain}-{number}", number + 1
    return slug


def _record(what: str, space: Space, by: Member | None) -> None:
    record(
        f"space.{what}",
        subject_type="space",
        subject_id=space.pk,
        actor_id=by.pk if by else None,
        detail={"version": space.version},
    )
