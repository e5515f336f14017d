"""Planning a webinar: writing it down, announcing, moving, calling off, beginning, ending.
Called by hosts' pages, the live pages and the clock; each verb is one transaction and one entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from exchange.contributions import actions as contributions
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, Refused
from exchange.contributions.judging import judged
from exchange.contributions.models import Contribution, State
from exchange.core import walls as clock
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars.errors import NotNow
from exchange.webinars.live.actions import tell
from exchange.webinars.models import COMING, Move, Phase, Webinar
from exchange.webinars.planning import rules
from exchange.webinars.rules import Roles

# What a host may set at any time; the hour itself is changed by `move` alone.
SETTINGS = (
    *("hub", "series", "spoken", "opens_at", "capacity"),
    *("engine", "engine_link", "has_sound", "is_recorded"),
)


def plan(*, content: Content, by: Member, once_key: str = "") -> Webinar:
    """Write a webinar down; hosts alone see it until it is announced. Raises NotAllowed."""
    _must_plan(by)
    row = contributions.prepare(kind="webinar", content=content, author=by, once_key=once_key)
    return Webinar.objects.get(pk=row.pk)


def change(
    *, webinar: Webinar, content: Content, by: Member, version: int, insist: bool = False
) -> bool:
    """Other words or settings. False when the words wait for another host; settings stand at once.
    Raises NotAllowed, and Refused, Noticed, ChangedMeanwhile as `contributions.revise`."""
    _must_plan(by)
    if webinar.state == State.DRAFT:
        contributions.change_prepared(contribution=webinar, content=content, by=by)
        return True
    stands = True
    if _says_other(webinar, content):
        words = replace(content, columns={})
        stands = contributions.revise(
            contribution=webinar, content=words, by=by, version=version, insist=insist
        )
    with transaction.atomic():
        row = _locked(webinar)
        given = {name: content.columns[name] for name in SETTINGS if name in content.columns}
        _set(row, **given)
        _open_if_due(row, now())
        _record("webinar.changed", row, by)
    return stands


def announce(*, webinar: Webinar, by: Member, insist: bool = False) -> Webinar:
    """Let everybody see it, through the gates; registration opens now or at its hour. Sent before:
    nothing happens. Raises NotAllowed, NotNow when its hour has passed, Refused, Noticed."""
    _must_plan(by)
    if webinar.state != State.DRAFT:
        return webinar
    if not rules.is_sound_time(webinar.starts_at, now()):
        raise NotNow
    contributions.send_prepared(contribution=webinar, by=by, insist=insist)
    with transaction.atomic():
        row = _locked(webinar)
        _open_if_due(row, now())
    return row


def move(
    *, webinar: Webinar, starts_at: datetime, minutes: int, zone: str, by: Member | None
) -> Webinar:
    """Another hour, also while it is live. What is not announced yet is only set. The same hour
    again changes nothing. Raises NotAllowed, NotNow when it is over or the hour has passed."""
    if by is not None:
        _must_plan(by)
    with transaction.atomic():
        row = _locked(webinar)
        moment = now()
        if not rules.may_move(row) or not _may_begin_at(row, starts_at, moment):
            raise NotNow
        former = (row.starts_at, row.minutes, row.zone)
        place = clock.fresh(zone) or row.place
        _set(
            row,
            starts_at=starts_at,
            minutes=minutes,
            zone=zone,
            wall=clock.wall_of(starts_at, place),
        )
        is_same = former[:2] == (starts_at, minutes)
        if row.published_at is not None and not is_same:
            _moved(row, former, by, moment)
    return row


def cancel(*, webinar: Webinar, why: str, by: Member) -> Webinar:
    """Call it off, with words that everybody who registered is told. Calling off twice changes
    nothing. Raises NotAllowed, NotNow when it is over or was never announced, Refused, Noticed."""
    _must_plan(by)
    must_pass(why, by=by, language=webinar.language)
    with transaction.atomic():
        row = _locked(webinar)
        if row.phase == Phase.CANCELLED:
            return row
        if row.phase not in COMING or row.published_at is None:
            raise NotNow
        _set(row, phase=Phase.CANCELLED, cancelled_why=why, sequence=row.sequence + 1)
        _record("webinar.cancelled", row, by, sequence=row.sequence)
        _tell_phase(row)
    return row


def start(*, webinar: Webinar, by: Member, roles: Roles) -> Webinar:
    """The hour begins. Beginning twice changes nothing. Raises NotAllowed, NotNow."""
    if not roles.may_lead:
        raise NotAllowed
    with transaction.atomic():
        row = _locked(webinar)
        if row.phase == Phase.LIVE:
            return row
        if not rules.may_start(row, now()):
            raise NotNow
        _set(row, phase=Phase.LIVE, went_live_at=now())
        _record("webinar.started", row, by)
        _tell_phase(row)
    return row


def end(*, webinar: Webinar, by: Member | None, roles: Roles) -> Webinar:
    """The hour is over. Ending twice changes nothing. `by` is None when the clock ends what nobody
    ended. Raises NotAllowed, NotNow when it never began."""
    if not roles.may_lead:
        raise NotAllowed
    with transaction.atomic():
        row = _locked(webinar)
        if row.is_over:
            return row
        if row.phase != Phase.LIVE:
            raise NotNow
        _set(row, phase=Phase.OVER, ended_at=now(), chat_open=False, hands_open=False)
        _record("webinar.ended", row, by)
        _tell_phase(row)
    return row


def open_due(webinar: Webinar, *, moment: datetime) -> bool:
    """Registration opens, if its hour has come. For the clock."""
    with transaction.atomic():
        return _open_if_due(_locked(webinar), moment)


def must_pass(words: str, *, by: Member, language: str) -> None:
    """For words of the team that have no page where they could wait: what a gate does not pass is
    shown back to the writer. Raises Refused, Noticed."""
    if not words:
        return
    verdict = judged(
        text=words,
        kind="webinar",
        language=language,
        author=by,
        origin="web",
        insist=False,
    )
    if not verdict.passed:
        raise Refused(verdict.reasons)


def _must_plan(member: Member) -> None:
    if not rules.may_plan(member):
        raise NotAllowed


def _locked(webinar: Webinar) -> Webinar:
    # Its row of the shared table as well: whoever seals or withdraws it holds that one.
    rows: Any = Webinar.objects.select_for_update(of=("self", "contribution_ptr"), no_key=True)
    row: Webinar = rows.get(pk=webinar.pk)
    if row.sealed_at is not None:
        raise NotAllowed
    return row


def _set(row: Webinar, **given: Any) -> None:
    for name, value in given.items():
        setattr(row, name, value)
    if given:
        row.save(update_fields=list(given))


def _open_if_due(row: Webinar, moment: datetime) -> bool:
    is_due = row.opens_at is None or row.opens_at <= moment
    if not (row.is_public and row.phase == Phase.ANNOUNCED and is_due):
        return False
    _set(row, phase=Phase.OPEN)
    _record("webinar.opened", row, None)
    _tell_phase(row)
    return True


def _moved(
    row: Webinar, former: tuple[datetime, int, str], by: Member | None, moment: datetime
) -> None:
    back_to_waiting = row.phase == Phase.LIVE and row.starts_at > moment
    changed: dict[str, Any] = {"sequence": row.sequence + 1}
    if back_to_waiting:
        changed |= {"phase": Phase.OPEN, "went_live_at": None}
    _set(row, **changed)
    Move.objects.create(
        webinar=row,
        sequence=row.sequence,
        old_starts_at=former[0],
        old_minutes=former[1],
        old_zone=former[2],
        new_starts_at=row.starts_at,
        new_minutes=row.minutes,
        by=by,
    )
    _record("webinar.moved", row, by, sequence=row.sequence)
    tell(webinar_id=row.pk, kind="moved", payload={"starts": row.starts_at.isoformat()})
    if back_to_waiting:
        _tell_phase(row)


def _may_begin_at(row: Webinar, starts_at: datetime, moment: datetime) -> bool:
    """Ahead; or, while it is live, the hour it began at, so that its length can change."""
    if row.phase == Phase.LIVE and starts_at == row.starts_at:
        return True
    return rules.is_sound_time(starts_at, moment)


def _says_other(row: Contribution, content: Content) -> bool:
    kept = set(row.context_terms.values_list("term_id", flat=True))
    words = (row.title, row.body, row.language)
    return words != (content.title, content.body, content.language) or kept != set(
        content.term_keys()
    )


def _record(kind: str, row: Webinar, by: Member | None, **detail: int) -> None:
    record(
        kind,
        subject_type="webinar",
        subject_id=row.pk,
        actor_id=by.pk if by else None,
        detail=dict(detail),
        public=row.is_public,
    )


def _tell_phase(row: Webinar) -> None:
    tell(webinar_id=row.pk, kind="phase", payload={"phase": str(row.phase)})
