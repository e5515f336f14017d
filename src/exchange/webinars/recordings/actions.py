"""Making a recording, saying yes or no to its release, taking it away.
Called by the hosts' pages, by hooks and by the clock; each verb is one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from exchange.contributions import sealing
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import State as TextState
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars.errors import AlreadyDone, NotNow
from exchange.webinars.models import Hearing, Recording, Webinar
from exchange.webinars.recordings import places, queries, rules
from exchange.webinars.recordings.errors import NotAgreed, NotHeard
from exchange.webinars.recordings.joining import Joined

State = Recording.State
_LONGEST_NOTE = 600


def begin(*, webinar: Webinar) -> Recording | None:
    """A row for the sound of an hour that is over, once; the worker joins it. None where nothing
    was to be recorded, or nothing was sent. Raises NotAgreed."""
    if not (webinar.is_recorded and webinar.is_over and webinar.broadcasts.exists()):
        return None
    if names := queries.not_agreed(webinar):
        raise NotAgreed(names)
    with transaction.atomic():
        Webinar.objects.select_for_update(no_key=True).get(pk=webinar.pk)
        rows = Recording.objects.filter(webinar=webinar, kind=Recording.Kind.SOUND)
        row: Recording | None = rows.exclude(state=State.GONE).first()
        if row is not None and row.state != State.MAKING:
            return row
        if row is None:
            row = Recording.objects.create(webinar=webinar, language=webinar.language)
        record("recording.noted", subject_type="recording", subject_id=row.pk, public=False)
    return row


def made(*, recording: Recording, joined: Joined) -> Recording:
    """Its files are there: it waits for two hosts."""
    return _waits(
        recording,
        seconds=joined.seconds,
        opus_bytes=joined.opus_bytes,
        mp3_bytes=joined.mp3_bytes,
    )


def found_elsewhere(*, recording: Recording, address: str, seconds: int) -> Recording:
    """The engine said where it is kept and how long it is."""
    return _waits(recording, address=address, seconds=seconds)


def note_played(*, recording: Recording, by: Member) -> None:
    """That a host opened the sound: once for each host."""
    if not queries.has_played(recording, by):
        with transaction.atomic():
            record(
                queries.PLAYED,
                subject_type="recording",
                subject_id=recording.pk,
                actor_id=by.pk,
                public=False,
            )


def say(*, recording: Recording, by: Member, says_yes: bool, note: str = "") -> Recording:
    """A host has heard it and says whether it may go out. Two who say yes release it; one who says
    no keeps it in, or takes it back. An answer may be changed.
    Raises NotAllowed, NotHeard, NotAgreed, AlreadyDone when it is gone."""
    if not by.is_host:
        raise NotAllowed
    if not queries.has_played(recording, by):
        raise NotHeard
    with transaction.atomic():
        row = Recording.objects.select_for_update(of=("self",), no_key=True).get(pk=recording.pk)
        if not rules.may_be_heard(row.state):
            raise AlreadyDone
        if says_yes and (names := queries.not_agreed(row.webinar)):
            raise NotAgreed(names)
        answer = {"says_yes": says_yes, "note": note[:_LONGEST_NOTE], "at": now()}
        Hearing.objects.update_or_create(
            recording=row, by=by, defaults={**answer, "by_name": by.shown_name}
        )
        _settle(row, by)
    return row


def take_away(*, recording: Recording, by: Member | None) -> Recording:
    """Out of every place at once, and its files destroyed. Raises NotAllowed, AlreadyDone."""
    if by is not None and not by.is_host:
        raise NotAllowed
    with transaction.atomic():
        row = Recording.objects.select_for_update(of=("self",), no_key=True).get(pk=recording.pk)
        if row.state == State.GONE:
            raise AlreadyDone
        row.state, row.address, row.released_at = State.GONE, "", None
        row.opus_bytes = row.mp3_bytes = 0
        row.save(update_fields=["state", "address", "released_at", "opus_bytes", "mp3_bytes"])
        actor = by.pk if by else None
        record("recording.gone", subject_type="recording", subject_id=row.pk, actor_id=actor)
        transaction.on_commit(lambda: places.destroy(row.key))
    return row


def clear_old(*, moment: datetime) -> int:
    """What was refused a month ago, and what stands with a webinar that is withdrawn, unless a
    case needs it; and files whose rows have gone. Gives how many recordings."""
    long_ago = moment - rules.KEPT_IF_REFUSED
    refused = Q(state=State.REFUSED, at__lt=long_ago)
    withdrawn = Q(webinar__state=TextState.WITHDRAWN, webinar__changed_at__lt=long_ago)
    rows = Recording.objects.filter(refused | withdrawn).exclude(state=State.GONE)
    needed = sealing.needed_rows()
    for one in needed:
        rows = rows.exclude(webinar__in=one)
    if not needed:
        rows = rows.filter(webinar__sealed_at=None)
    due = list(rows.order_by("pk")[:50])
    for row in due:
        take_away(recording=row, by=None)
    for key in places.keys() - set(_with_files()):
        places.destroy(key)
    return len(due)


def _with_files() -> list[str]:
    return list(Recording.objects.exclude(state=State.GONE).values_list("key", flat=True))


def _waits(recording: Recording, **columns: object) -> Recording:
    """Raises NotNow when somebody took it away meanwhile."""
    with transaction.atomic():
        row = Recording.objects.select_for_update(of=("self",), no_key=True).get(pk=recording.pk)
        if row.state != State.MAKING:
            raise NotNow
        for name, value in columns.items():
            setattr(row, name, value)
        row.state, row.at = State.WAITING, now()
        row.save(update_fields=[*columns, "state", "at"])
        record("recording.waiting", subject_type="recording", subject_id=row.pk, public=False)
    return row


def _settle(row: Recording, by: Member) -> None:
    state = rules.state_by(row.hearings.values_list("says_yes", flat=True))
    if state == row.state:
        return
    was_out = row.state == State.RELEASED
    row.state = state
    row.released_at = now() if state == State.RELEASED else None
    row.save(update_fields=["state", "released_at"])
    if state == State.RELEASED or was_out:
        kind = "recording.released" if state == State.RELEASED else "recording.withdrawn"
        record(kind, subject_type="recording", subject_id=row.pk, actor_id=by.pk)
