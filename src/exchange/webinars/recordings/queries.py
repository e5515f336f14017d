"""Which recordings anybody may hear, which a host may, and who has not agreed to be recorded.
Called by the views of recordings, by the podcast and by `after`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from exchange.ledger.models import Event
from exchange.members.models import Member
from exchange.webinars import queries
from exchange.webinars.models import Hearing, Line, Presenter, Recording, Webinar

PLAYED = "recording.played"


def out(reader: Member | None = None) -> QuerySet[Recording]:
    """Released, of webinars this person may see, in which everybody who spoke still agrees."""
    rows = Recording.objects.released().filter(webinar__in=queries.visible(reader).order_by())
    found: QuerySet[Recording] = rows.filter(~Exists(_refusing(OuterRef("webinar_id"))))
    return found


def out_of(webinar: Webinar) -> list[Recording]:
    """Of one webinar that the caller may see."""
    rows = Recording.objects.released().filter(webinar_id=webinar.pk)
    return list(rows.filter(~Exists(_refusing(OuterRef("webinar_id")))).order_by("pk"))


def not_agreed(webinar: Webinar) -> list[str]:
    """The names of presenters who have not agreed to be recorded."""
    return list(_refusing(webinar.pk).values_list("name", flat=True))


def sound_began(recording: Recording) -> datetime | None:
    """From when its seconds count; None for what was kept elsewhere."""
    if recording.kind != Recording.Kind.SOUND:
        return None
    rows = recording.webinar.broadcasts.order_by("opened_at")
    found: datetime | None = rows.values_list("opened_at", flat=True).first()
    return found


def for_hosts(webinar: Webinar) -> list[Recording]:
    rows = Recording.objects.filter(webinar_id=webinar.pk).prefetch_related("hearings")
    return list(rows.order_by("pk"))


def has_played(recording: Recording, host: Member) -> bool:
    """Whether this host has opened the sound: written down when they did."""
    return Event.objects.filter(
        kind=PLAYED, subject_type="recording", subject_id=recording.pk, actor_id=host.pk
    ).exists()


def answer_of(recording: Recording, host: Member) -> Hearing | None:
    return next((one for one in recording.hearings.all() if one.by_id == host.pk), None)


def languages_written(webinar_ids: list[int]) -> dict[int, list[str]]:
    """In which languages each of these hours was written along, so that its text can be read."""
    found: dict[int, list[str]] = {}
    rows: Any = Line.objects.shown().filter(lane__webinar_id__in=webinar_ids)
    for pk, language in (
        rows.order_by("lane__webinar_id", "lane__pk")
        .values_list("lane__webinar_id", "lane__language")
        .distinct()
    ):
        if language not in found.setdefault(pk, []):
            found[pk].append(language)
    return found


def _refusing(webinar_id: Any) -> QuerySet[Presenter]:
    """Who speaks and has said no; and who left after it began, or has gone altogether, for then
    what they said yes to is over."""
    says_no = Q(answer=Presenter.Answer.AGREED, may_be_recorded=False)
    left_late = Q(answered_at__gte=F("webinar__went_live_at")) | Q(name="")
    has_left = Q(answer=Presenter.Answer.LEFT) & left_late
    rows = Presenter.objects.filter(says_no | has_left, webinar_id=webinar_id)
    return rows.order_by("place", "pk")
