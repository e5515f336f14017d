"""What BigBlueButton answers, read with care: XML without entities, numbers that are numbers.
Called by `bigbluebutton`. Whatever cannot be read raises EngineTrouble."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from lxml import etree

from exchange.webinars.rooms.errors import EngineSaysNo, EngineTrouble

_LONGEST = 1000


@dataclass(frozen=True)
class Made:
    """A room that exists; `made_at` is the engine's own mark of this session of it."""

    made_at: str
    was_there: bool = False


@dataclass(frozen=True)
class Inside:
    """How a room stands: numbers alone, whoever is in it."""

    made_at: str
    is_running: bool
    people: int
    listening: int
    with_camera: int
    moderators: int
    was_closed: bool


@dataclass(frozen=True)
class Recorded:
    """One recording as the engine keeps it, with the address of each form of it."""

    id: str
    room: str
    state: str
    seconds: int
    addresses: dict[str, str]


@dataclass(frozen=True)
class Hook:
    """That the engine tells us what happens in one room."""

    id: str
    address: str
    room: str


@dataclass(frozen=True)
class Track:
    """A text track of a recording."""

    kind: str
    language: str
    address: str


def response(said: bytes) -> Any:
    """The root of a good answer. Raises EngineSaysNo, EngineTrouble."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(said, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise EngineTrouble("engine-garbage") from None
    if root.tag != "response" or root.getroottree().docinfo.doctype:
        raise EngineTrouble("engine-garbage")
    code = words(root, "returncode")
    if code == "FAILED":
        raise EngineSaysNo(_code(words(root, "messageKey")))
    if code != "SUCCESS":
        raise EngineTrouble("engine-garbage")
    return root


def words(node: Any, name: str) -> str:
    """The text of one element, cut; nothing when it is not there."""
    found = node.find(name)
    return (found.text or "").strip()[:_LONGEST] if found is not None else ""


def number(node: Any, name: str) -> int:
    given = words(node, name)
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else 0


def made(root: Any) -> Made:
    mark = words(root, "createTime")
    if not (mark.isascii() and mark.isdecimal()):
        raise EngineTrouble("engine-garbage")
    return Made(mark, was_there=words(root, "messageKey") == "duplicateWarning")


def inside(root: Any) -> Inside:
    return Inside(
        made_at=made(root).made_at,
        is_running=words(root, "running") == "true",
        people=number(root, "participantCount"),
        listening=number(root, "listenerCount"),
        with_camera=number(root, "videoCount"),
        moderators=number(root, "moderatorCount"),
        was_closed=words(root, "hasBeenForciblyEnded") == "true",
    )


def recordings(root: Any) -> list[Recorded]:
    return [_recorded(one) for one in root.iterfind("recordings/recording")]


def _recorded(node: Any) -> Recorded:
    formats = {
        words(one, "type"): words(one, "url")
        for one in node.iterfind("playback/format")
        if words(one, "url").startswith("https://") or words(one, "url").startswith("http://")
    }
    began, ended = number(node, "startTime"), number(node, "endTime")
    return Recorded(
        id=words(node, "recordID")[:120],
        room=words(node, "meetingID"),
        state=words(node, "state"),
        seconds=max(0, ended - began) // 1000,
        addresses=formats,
    )


def hooks(root: Any) -> list[Hook]:
    return [
        Hook(words(one, "hookID"), words(one, "callbackURL"), words(one, "meetingID"))
        for one in root.iterfind("hooks/hook")
    ]


def json_response(said: bytes) -> dict[str, Any]:
    """The calls about text tracks answer in JSON. Raises EngineSaysNo, EngineTrouble."""
    try:
        told = json.loads(said)["response"]
        code = told["returncode"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise EngineTrouble("engine-garbage") from None
    if code != "SUCCESS":
        raise EngineSaysNo(_code(str(told.get("messageKey", ""))))
    return dict(told)


def tracks(told: dict[str, Any]) -> list[Track]:
    given = told.get("tracks")
    return [
        Track(str(one.get("kind", "")), str(one.get("lang", "")), str(one.get("href", "")))
        for one in (given if isinstance(given, list) else [])
        if isinstance(one, dict)
    ]


def _code(key: str) -> str:
    """A message key, or a plain word for one that is none."""
    return key if key.isascii() and key.replace("_", "").isalnum() and len(key) < 60 else "refused"
