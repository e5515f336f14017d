"""What we hold about a person, in words: rooms with numbers for the page, everything for the file.
Called by the page of one's data; `members.dossier` knows what there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.members import dossier
from exchange.members.models import Member

# The rooms as people know them; a test fails for a room that has no words here.
ROOMS: dict[str, Promise] = {
    "members": _("Your account and profile"),
    "contributions": _("What you shared, with pictures and drafts"),
    "conversation": _("Your answers, what you follow, what you marked"),
    "hubs": _("Hubs and working groups"),
    "organisations": _("Organisations"),
    "corresponding": _("Private messages"),
    "translating": _("Translations and requests for them"),
    "library": _("The library"),
    "webinars": _("Webinars"),
    "briefings": _("Briefs and newsletters"),
    "alerts": _("What you hear, and the mails that went to you"),
    "mail": _("Mails you wrote to us"),
    "contacting": _("Letters to the hosts"),
    "safeguarding": _("Concerns you reported"),
    "announcing": _("What is told elsewhere"),
    "desk": _("What you asked hosts to look at again"),
    "discovery": _("Search"),
    "pages": _("Pages of the Exchange"),
}
# What stands beside a value, for those that people meet most; others are told as they are named.
LABELS: dict[str, Promise] = {
    "email": _("E-mail address"),
    "addresses": _("E-mail addresses"),
    "display_name": _("Name"),
    "name": _("Name"),
    "country": _("Country"),
    "languages": _("Languages"),
    "language": _("Language"),
    "role": _("What you do"),
    "practice": _("What you work on"),
    "place": _("Place"),
    "helps_with": _("What you can help with"),
    "seeks": _("What you are looking for"),
    "joined_at": _("Joined"),
    "agreements": _("What you agreed to"),
    "contributions": _("What you shared"),
    "texts": _("Earlier texts"),
    "pictures": _("Pictures"),
    "drafts": _("Drafts"),
    "answers": _("Answers"),
    "follows": _("What you follow"),
    "watches": _("What you follow"),
    "searches": _("Kept searches"),
    "messages": _("Messages"),
    "memberships": _("Hubs and groups"),
    "sent": _("Mails to you"),
    "incoming": _("Mails from you"),
    "reports": _("Reports"),
    "questions": _("Questions"),
    "seats": _("Places in webinars"),
    "letters": _("Letters"),
    "title": _("Title"),
    "body": _("Text"),
    "text": _("Text"),
    "words": _("Words"),
    "subject": _("Subject"),
    "state": _("State"),
    "kind": _("Kind"),
    "at": _("When"),
    "created_at": _("Written"),
    "published_at": _("Shared"),
    "received_at": _("When"),
}
# Numbers of rows and marks of the machine: in the file for machines, not in the one for reading.
_FOR_MACHINES = ("id", "pk", "key", "sha256", "digest", "once_key", "version")
# What was written for others to read.
_WRITTEN = (
    ("contributions", "contributions", _("What you shared")),
    ("conversation", "answers", _("Answers")),
    ("contributions", "pictures", _("Pictures")),
    ("webinars", "questions", _("Questions in webinars")),
    ("webinars", "chat", _("Words in the chat of webinars")),
    ("library", "short versions", _("Short versions of records")),
    ("library", "recommendations", _("Recommendations")),
    ("library", "collections", _("Collections")),
)
# Files of their own that go with it, as long as all of them together are no heavier.
FILES_AT_MOST = 60_000_000
_IN_MEMORY = 4_000_000


@dataclass(frozen=True)
class Part:
    """One list of rows, or one fact."""

    name: str
    rows: list[list[tuple[str, str]]] = field(default_factory=list)


@dataclass(frozen=True)
class Room:
    """What one room holds."""

    name: str
    title: str
    parts: list[Part]

    @property
    def count(self) -> int:
        return sum(len(part.rows) for part in self.parts)


def rooms(member: Member) -> list[Room]:
    """Everything, room by room; rooms that hold nothing come last."""
    told = dossier.export(member)
    made = [
        Room(name, str(ROOMS.get(name, name)), list(_parts(held))) for name, held in told.items()
    ]
    order = list(ROOMS)
    place = {name: order.index(name) if name in order else len(order) for name in told}
    return sorted(made, key=lambda room: (room.count == 0, place[room.name], room.name))


def numbers(member: Member) -> list[tuple[str, int]]:
    """What they wrote for others: what would stay without a name, or go."""
    told = dossier.export(member)
    counted = [(str(label), len(_rows(told, room, part))) for room, part, label in _WRITTEN]
    return [(label, many) for label, many in counted if many]


def _rows(told: dict[str, dict[str, object]], room: str, part: str) -> list[object]:
    rows = told.get(room, {}).get(part, [])
    return rows if isinstance(rows, list) else []


def as_json(member: Member) -> str:
    return json.dumps(
        dossier.export(member), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, default=str
    )


def as_page(member: Member) -> str:
    """One file that opens in any browser, without a line."""
    return render_to_string("members/my_data.html", {"member": member, "rooms": rooms(member)})


def as_zip(member: Member) -> IO[bytes]:
    """Both, and the files they gave us, as far as they are not too heavy together."""
    made: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    left = FILES_AT_MOST
    with ZipFile(made, "w", ZIP_DEFLATED) as together:
        together.writestr("my-data.html", as_page(member))
        together.writestr("my-data.json", as_json(member))
        for name, data in dossier.files(member):
            left -= len(data)
            if left < 0:
                break
            together.writestr(f"files/{name}", data, compress_type=ZIP_STORED)
    made.seek(0)
    return made


def _parts(held: dict[str, object]) -> Iterator[Part]:
    facts: list[tuple[str, str]] = []
    for name, value in held.items():
        if isinstance(value, list):
            rows = [_row(one) for one in value]
            yield Part(_label(name), [row for row in rows if row])
        elif _is_told(name, value):
            facts.append((_label(name), _said(value)))
    if facts:
        yield Part("", [facts])


def _row(one: Any) -> list[tuple[str, str]]:
    if not isinstance(one, dict):
        return [("", _said(one))]
    return [(_label(name), _said(value)) for name, value in one.items() if _is_told(name, value)]


def _is_told(name: str, value: object) -> bool:
    is_number = name in _FOR_MACHINES or name.endswith("_id")
    return not is_number and value not in (None, "", [], {})


def _label(name: str) -> str:
    bare = name.rsplit("__", maxsplit=1)[-1]
    return str(LABELS.get(name) or LABELS.get(bare) or bare.replace("_", " "))


def _said(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, (list, tuple)):
        return ", ".join(_said(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{_label(str(key))}: {_said(one)}" for key, one in value.items() if one)
    return str(value)
