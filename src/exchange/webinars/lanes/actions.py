"""Every change to a lane and its lines: open, write, take back, let out, take and lay down the pen.
Called by the views of lanes; each is one transaction, told to everybody in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from exchange.contributions.errors import NotAllowed, Refused
from exchange.contributions.judging import judged
from exchange.core import ids, languages
from exchange.core.gates import Verdict
from exchange.core.text import clean, clean_line
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.webinars.errors import AlreadyDone, NotNow, TooFast, WebinarError
from exchange.webinars.lanes import rules
from exchange.webinars.live.actions import empty, tell
from exchange.webinars.models import Lane, Line, Webinar
from exchange.webinars.rules import Roles


class TooMany(WebinarError):
    """It has as many lanes, or slides, as it may have."""


def open_lane(
    *, webinar: Webinar, language: str, is_interpreted: bool, by: Member, roles: Roles
) -> Lane:
    """Begin the text of one language; once only. Raises NotAllowed, TooMany."""
    if not roles.may_lead or language not in languages.SPOKEN:
        raise NotAllowed
    with transaction.atomic():
        _hold(webinar)
        lane = Lane.objects.filter(webinar_id=webinar.pk, language=language).first()
        if lane is not None:
            return lane
        if Lane.objects.filter(webinar_id=webinar.pk).count() >= rules.MOST_LANES:
            raise TooMany
        lane = Lane.objects.create(
            webinar_id=webinar.pk, language=language, is_interpreted=is_interpreted
        )
        _tell_lane(lane, is_open=True)
        _entry("lane.opened", lane, by)
    return lane


def close_lane(*, lane: Lane, by: Member, roles: Roles) -> None:
    """Take away one in which nothing was written. Raises NotAllowed, AlreadyDone."""
    if not roles.may_lead:
        raise NotAllowed
    with transaction.atomic():
        row = _locked(lane)
        if row.lines.exists():
            raise AlreadyDone
        _tell_lane(row, is_open=False)
        _entry("lane.closed", row, by)
        row.delete()


def describe(*, lane: Lane, is_interpreted: bool, glossary: str, by: Member, roles: Roles) -> None:
    """Say whether it interprets, and the words its writers agreed on. Raises NotAllowed, Refused,
    Noticed."""
    if not roles.may_write:
        raise NotAllowed
    words = clean(glossary)[: rules.LONGEST_GLOSSARY]
    if words:
        verdict = judged(
            text=words,
            kind="webinar",
            language=lane.language,
            author=by,
            origin="web",
            insist=False,
        )
        if not (verdict.passed or roles.may_lead):
            raise Refused(verdict.reasons)
    with transaction.atomic():
        Lane.objects.filter(pk=lane.pk).update(is_interpreted=is_interpreted, glossary=words)


def write(
    *,
    lane: Lane,
    by: Member,
    roles: Roles,
    text: str,
    once_key: str = "",
    insist: bool = False,
) -> Line:
    """One line: seen by everybody at once when every gate passes it, else it waits for somebody
    else to read. Writing takes the pen when it is free. The same key gives the same line.
    Raises NotAllowed, NotNow, TooFast, AlreadyDone (another has the pen), Refused, Noticed."""
    words = clean_line(text)[: rules.LONGEST_LINE]
    _check(lane, by, roles, words)
    key = f"{by.pk}-{ids.sent_back(once_key)}"[:40] if once_key else ids.new_id()
    if known := Line.objects.filter(once_key=key).first():
        return known
    verdict = judged(
        text=words, kind="webinar", language=lane.language, author=by, origin="web", insist=insist
    )
    with transaction.atomic():
        # The lane's row is held from here: numbers follow one another, and a form that is sent
        # twice finds its first line.
        _take(lane, by, now())
        if known := Line.objects.filter(once_key=key).first():
            return known
        return _written(lane, by, words, key, verdict)


def _check(lane: Lane, by: Member, roles: Roles, words: str) -> None:
    if not roles.may_write or not words:
        raise NotAllowed
    moment = now()
    if not rules.is_open_for_lines(lane.webinar, moment):
        raise NotNow
    recent = Line.objects.filter(
        lane__webinar_id=lane.webinar_id, by=by, at__gt=moment - timedelta(minutes=1)
    )
    if recent.count() >= rules.LINES_A_MINUTE:
        raise TooFast


def _written(lane: Lane, by: Member, words: str, key: str, verdict: Verdict) -> Line:
    last = Line.objects.filter(lane_id=lane.pk).aggregate(last=Max("number"))["last"] or 0
    line = Line.objects.create(
        lane_id=lane.pk,
        number=last + 1,
        text=words,
        state=Line.State.SHOWN if verdict.passed else Line.State.WAITING,
        flags=_flags(verdict),
        by=by,
        once_key=key,
    )
    if verdict.passed:
        _tell_line(lane, line)
    return line


def take_back(*, line: Line, by: Member, roles: Roles) -> None:
    """The line is gone from every screen, from the transcript and from what is told again.
    Raises NotAllowed."""
    if not rules.may_take_back(line, by.pk, roles):
        raise NotAllowed
    with transaction.atomic():
        lane = _locked(line.lane)
        rows = Line.objects.filter(pk=line.pk).exclude(state=Line.State.HIDDEN)
        if rows.update(state=Line.State.HIDDEN):
            empty(webinar_id=lane.webinar_id, item=line.item)
            tell(
                webinar_id=lane.webinar_id,
                kind="line-gone",
                payload={"id": line.pk},
                audience=lane.audience,
            )
            _entry("line.taken_back", lane, by)


def let_out(*, line: Line, by: Member, roles: Roles) -> None:
    """Somebody else has read what waited. Raises NotAllowed, AlreadyDone."""
    if not rules.may_let_out(line, by.pk, roles):
        raise NotAllowed
    with transaction.atomic():
        lane = _locked(line.lane)
        rows = Line.objects.filter(pk=line.pk, state=Line.State.WAITING, sealed_at=None)
        if not rows.update(state=Line.State.SHOWN):
            raise AlreadyDone
        _tell_line(lane, line)
        _entry("line.let_out", lane, by)


def take_pen(*, lane: Lane, by: Member, roles: Roles) -> None:
    """Become the one who writes. Raises NotAllowed, AlreadyDone (another has it and writes)."""
    if not roles.may_write:
        raise NotAllowed
    with transaction.atomic():
        _take(lane, by, now())


def lay_down_pen(*, lane: Lane, by: Member) -> None:
    """Hand it over: whoever takes it next has it. Nothing happens if it is another's already."""
    with transaction.atomic():
        Lane.objects.filter(pk=lane.pk, pen=by).update(pen=None, pen_since=None)


def _take(lane: Lane, by: Member, moment: datetime) -> None:
    """One statement decides who has it, on any database."""
    free = Q(pen=None) | Q(pen=by) | Q(pen_since=None) | Q(pen_since__lt=moment - rules.SILENCE)
    if not Lane.objects.filter(free, pk=lane.pk).update(pen=by, pen_since=moment):
        raise AlreadyDone
    lane.pen, lane.pen_since = by, moment


def _tell_line(lane: Lane, line: Line) -> None:
    tell(
        webinar_id=lane.webinar_id,
        kind="line",
        payload={"id": line.pk, "n": line.number, "text": line.text},
        audience=lane.audience,
        item=line.item,
    )


def _tell_lane(lane: Lane, *, is_open: bool) -> None:
    code = lane.language
    tell(
        webinar_id=lane.webinar_id,
        kind="lane",
        payload={
            "lang": code,
            "name": languages.OWN_NAMES.get(code) or languages.name_of(code, code),
            "dir": lane.direction,
            "open": is_open,
        },
    )


def _locked(lane: Lane) -> Lane:
    return Lane.objects.select_for_update(no_key=True).get(pk=lane.pk)


def _hold(webinar: Webinar) -> None:
    """Two who open the same lane at once come one after the other."""
    Webinar.objects.select_for_update(of=("self",), no_key=True).filter(pk=webinar.pk).first()


def _flags(verdict: Verdict) -> str:
    return " ".join(sorted({reason.code for reason in verdict.reasons}))[:200]


def _entry(kind: str, lane: Lane, by: Member) -> None:
    record(kind, subject_type="lane", subject_id=lane.pk, actor_id=by.pk, public=False)
