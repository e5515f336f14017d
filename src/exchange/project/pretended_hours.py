"""Pretend webinars to look around with: one to come, one that is over and summed up.
Called by `pretending.play`; taken away with the other pretend contributions."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from exchange.contributions.actions import bring_in
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.members.models import Member
from exchange.project.starter import PACKAGE
from exchange.webinars.models import (
    Asked,
    AskedVote,
    Ballot,
    Lane,
    Line,
    Phase,
    Poll,
    Presenter,
    Seat,
    Summary,
    Webinar,
)

PRETENDED = PACKAGE / "webinars" / "starter" / "demo.yaml"
People = dict[str, Member]


def play_hours(people: People, moment: datetime) -> list[Contribution]:
    """Bring in those that are missing; gives them."""
    document = yaml.safe_load(PRETENDED.read_text(encoding="utf-8"))
    fresh = [entry for entry in document["hours"] if not _known(entry)]
    return [_hour(entry, people, moment) for entry in fresh]


def _known(entry: dict[str, Any]) -> bool:
    return Contribution.objects.filter(once_key=_key(entry)).exists()


def _key(entry: dict[str, Any]) -> str:
    return f"demo {entry['key']}"[:40]


def _hour(entry: dict[str, Any], people: People, moment: datetime) -> Contribution:
    row = Webinar(once_key=_key(entry), is_demo=True, **_columns(entry, moment))
    content = Content(
        title=entry["title"],
        body=entry["body"].strip(),
        language=entry["language"],
        topics=tuple(entry["topics"]),
    )
    bring_in(kind="webinar", content=content, shown_as="", row=row, by=None)
    seats = {key: _seat(row, member) for key, member in people.items()}
    for place, one in enumerate(entry["presenters"]):
        _presenter(row, people[one["member"]], one["words"], place)
    _said(row, entry)
    for one in entry["asked"]:
        _asked(row, one, people, seats)
    for one in entry["polls"]:
        _poll(row, one, seats)
    if "summary" in entry:
        Summary.objects.create(
            webinar=row,
            text=entry["summary"].strip(),
            takeaways=entry["takeaways"].strip(),
            language=entry["language"],
            state=Summary.State.OUT,
            out_at=row.ends_at,
        )
    return row


def _columns(entry: dict[str, Any], moment: datetime) -> dict[str, Any]:
    place = ZoneInfo(entry["zone"])
    day = (moment.astimezone(place) + timedelta(days=entry["in_days"])).date()
    starts_at = datetime.combine(day, time.fromisoformat(entry["at"]), place)
    is_over = entry["in_days"] < 0
    return {
        "starts_at": starts_at,
        "minutes": entry["minutes"],
        "zone": entry["zone"],
        "hub": entry["hub"],
        "spoken": entry["spoken"],
        "has_sound": entry["has_sound"],
        "phase": Phase.SUMMED if is_over else Phase.OPEN,
        "went_live_at": starts_at if is_over else None,
        "ended_at": starts_at + timedelta(minutes=entry["minutes"]) if is_over else None,
    }


def _seat(row: Webinar, member: Member) -> Seat:
    return Seat.objects.create(
        webinar=row,
        member=member,
        name=member.display_name,
        language=member.first_language,
        country=member.country,
        state=Seat.State.TAKEN,
        confirmed_at=row.starts_at,
        came_at=row.went_live_at,
    )


def _presenter(row: Webinar, member: Member, words: str, place: int) -> None:
    Presenter.objects.create(
        webinar=row,
        member=member,
        name=member.display_name,
        role=member.role,
        words=words,
        place=place,
        answer=Presenter.Answer.AGREED,
        may_be_recorded=True,
    )


def _said(row: Webinar, entry: dict[str, Any]) -> None:
    for code in entry["lanes"]:
        lane = Lane.objects.create(webinar=row, language=code, is_interpreted=code != row.language)
        if code == row.language:
            Line.objects.bulk_create(
                Line(lane=lane, number=number, text=words, at=row.starts_at)
                for number, words in enumerate(entry.get("lines", ()), start=1)
            )


def _asked(row: Webinar, one: dict[str, Any], people: People, seats: dict[str, Seat]) -> None:
    answer = one.get("answer", "")
    asked = Asked.objects.create(
        webinar=row,
        seat=seats[one["by"]],
        member=people[one["by"]],
        shown_as=people[one["by"]].display_name,
        text=one["text"],
        language=one.get("language", row.language),
        state=Asked.State.ANSWERED if answer else Asked.State.SHOWN,
        votes=len(one["votes"]),
        answer=answer,
        answered_at=row.ended_at if answer else None,
    )
    AskedVote.objects.bulk_create(AskedVote(asked=asked, seat=seats[key]) for key in one["votes"])


def _poll(row: Webinar, one: dict[str, Any], seats: dict[str, Seat]) -> None:
    poll = Poll.objects.create(
        webinar=row, text=one["text"], choices=one["choices"], state=Poll.State.CLOSED
    )
    Ballot.objects.bulk_create(
        Ballot(poll=poll, seat=seats[key], choice=choice) for key, choice in one["counts"].items()
    )
