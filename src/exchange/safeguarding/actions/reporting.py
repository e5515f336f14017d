"""Taking in a report: the case, the frozen words, hiding the item, and the entry that alarms.
Called by the page, and by every other door that lets people report."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from exchange.contributions import sealing
from exchange.contributions.models import Picture
from exchange.contributions.pictures import store
from exchange.contributions.pictures.queries import LARGE
from exchange.conversation import sealing as talk_sealing
from exchange.core import reportable
from exchange.core.text import clean
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.safeguarding import frozen, queries, targets
from exchange.safeguarding.models import (
    Case,
    CaseEntry,
    Concern,
    Evidence,
    Kind,
    Recusal,
    ReporterAddress,
)
from exchange.safeguarding.targets import Target

logger = logging.getLogger(__name__)
What = CaseEntry.What
HOUR = timedelta(hours=1)
# Beyond the first number a report is kept and looked at, and hides nothing by itself; beyond the
# second it is not taken. A line is shared by a training room of thirty, a person is one.
A_PERSON, A_LINE = (5, 15), (15, 45)
LONGEST_WORDS = 4000


@dataclass(frozen=True)
class Circumstances:
    """What comes with a report: a mark of the line it came by, whether to tell the outcome, which
    lead or deputies it names (they will not see the case), and the form's own key."""

    line: str = ""
    tell_outcome: bool = False
    involves: tuple[int, ...] = ()
    once_key: str = ""


NONE = Circumstances()


class TooMany(Exception):
    """So many reports in one hour that this one was not taken."""


def report(
    *,
    kind: str,
    target: Target,
    words: str = "",
    reporter: Member | None = None,
    reporter_address: str = "",
    via: str = "web",
    circumstances: Circumstances = NONE,
) -> Concern:
    """Somebody is worried. `reporter_address` is where a visitor wishes to be told the outcome.
    The same form twice is one report. Raises TooMany."""
    before = _sent_before(circumstances)
    if before:
        return before
    concern = Concern(
        kind=kind,
        words=clean(words)[:LONGEST_WORDS],
        reporter=reporter,
        line="" if reporter else circumstances.line,
        via=via,
        language=get_language() or "en",
        tell_outcome=circumstances.tell_outcome or bool(reporter_address),
        one_of_many=_one_of_many(reporter, circumstances.line),
    )
    concern.once_key = circumstances.once_key or concern.once_key
    try:
        with transaction.atomic():
            _take_in(concern, target, reporter_address, circumstances.involves)
    except IntegrityError:
        twin = _sent_before(circumstances)
        if twin is None:
            raise
        return twin
    return concern


def _take_in(concern: Concern, target: Target, address: str, involves: tuple[int, ...]) -> None:
    case, is_new = _case_for(target, Kind(concern.kind))
    concern.case = case
    concern.save()
    if address:
        ReporterAddress.objects.create(concern=concern, address=address)
    CaseEntry.objects.create(case=case, what=What.REPORTED)
    _freeze(case, target, concern.reporter)
    _step_aside(case, target, involves)
    _hide(case, target, concern)
    _tell(case, is_new, Kind(concern.kind))


def _sent_before(circumstances: Circumstances) -> Concern | None:
    if not circumstances.once_key:
        return None
    return Concern.objects.filter(once_key=circumstances.once_key).first()


def _one_of_many(reporter: Member | None, line: str) -> bool:
    so_far = queries.reports_so_far(reporter=reporter, line=line, since=now() - HOUR)
    usual, most = A_PERSON if reporter else A_LINE
    if so_far >= most:
        raise TooMany
    return so_far >= usual


def _case_for(target: Target, kind: Kind) -> tuple[Case, bool]:
    """The open case about the same thing, or a new one. A graver report makes it graver; its
    clock then starts anew only if that brings it nearer."""
    _queue_up(target)
    same = Case.objects.open().filter(about=target.about)
    if target.contribution:
        same = same.filter(contribution=target.contribution)
    elif target.reply:
        same = same.filter(reply=target.reply)
    elif target.place:
        same = same.filter(place=target.place, place_pk=target.place_pk)
    else:
        same = same.filter(person=target.person) if target.person else same.none()
    case = same.select_for_update(of=("self",)).first()
    if case is None:
        return _new_case(target, kind), True
    if kind.gravity < Kind(case.kind).gravity:
        case.kind = kind
        case.due_at = min(case.due_at, now() + kind.time)
        case.decided_at = None
        case.save(update_fields=["kind", "due_at", "decided_at"])
    return case, False


def _queue_up(target: Target) -> None:
    """Two reports about one thing at one moment come one after the other, into one case."""
    if target.place and (place := reportable.place(target.place)):
        place.lock(target.place_pk)
        return
    for row in (target.contribution, target.reply, target.person):
        if row is not None:
            list(type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk))
            return


def _new_case(target: Target, kind: Kind) -> Case:
    return Case.objects.create(
        about=target.about,
        contribution=target.contribution,
        reply=target.reply,
        place=target.place,
        place_pk=target.place_pk or None,
        person=target.person,
        kind=kind,
        due_at=now() + kind.time,
    )


def _freeze(case: Case, target: Target, reader: Member | None) -> None:
    """Keep the words and pictures as they stand now, unless they are kept already."""
    mark = Evidence.mark_of(target.text)
    earlier = list(case.evidence.all())
    kept = {one["sha256"] for row in earlier for one in row.pictures}
    pictures = _frozen_pictures(case, target, reader, kept)
    is_known = not target.text or any(row.sha256 == mark for row in earlier)
    if is_known and not pictures:
        return
    Evidence.objects.create(
        case=case,
        text=target.text,
        sha256=mark,
        shown_as=target.shown_as,
        language=target.language,
        pictures=pictures,
    )


def _frozen_pictures(
    case: Case, target: Target, reader: Member | None, kept: set[str]
) -> list[dict[str, object]]:
    """What the reporter saw beside the words. A disk that fails stops no report."""
    frozen_now: list[dict[str, object]] = []
    for picture in targets.pictures_beside(target, reader):
        try:
            data = store.read(picture.key, LARGE)
            mark = frozen.mark_of(data) if data else ""
            if data and mark not in kept:
                frozen_now.append({"id": frozen.keep(data), "sha256": mark, **_told_of(picture)})
        except OSError:
            data = None
        if not data:
            logger.error("Case %s: picture %s could not be kept.", case.pk, picture.pk)
    return frozen_now


def _told_of(picture: Picture) -> dict[str, object]:
    size = picture.size(LARGE)
    told = {name: size.get(name, 0) for name in ("width", "height", "bytes")}
    return {"alt": picture.alt, "caption": picture.caption, **told}


def _step_aside(case: Case, target: Target, involves: tuple[int, ...]) -> None:
    """Who is named, or whose words they are, does not see the case."""
    named = set(involves) | ({target.person.pk} if target.person else set())
    for member in queries.handlers():
        if member.pk in named:
            _row, is_new = Recusal.objects.get_or_create(case=case, member=member)
            if is_new:
                CaseEntry.objects.create(case=case, what=What.RECUSED, by=member)


def _hide(case: Case, target: Target, concern: Concern) -> None:
    if not target.is_words or concern.one_of_many:
        return
    if concern.kind == Kind.AT_RISK:
        if not case.is_sealed:
            seal_now(case)
            CaseEntry.objects.create(case=case, what=What.SEALED)
        return
    enough = settings.REPORTS_THAT_HIDE.get(concern.kind, settings.REPORTS_THAT_HIDE["other"])
    since = queries.concerns_since_let_stand(case)
    if queries.different_people(since) >= enough and _hold(case):
        CaseEntry.objects.create(case=case, what=What.HELD)


def seal_now(case: Case) -> None:
    """Hide what the case is about from everyone."""
    if case.contribution:
        case.contribution = sealing.seal(contribution=case.contribution)
    elif case.reply:
        case.reply = talk_sealing.seal_reply(reply=case.reply)
    elif case.place_pk and (place := reportable.place(case.place)):
        place.seal(case.place_pk)


def _hold(case: Case) -> bool:
    if case.contribution:
        return sealing.hold_for_reports(contribution=case.contribution)
    if case.place_pk and (place := reportable.place(case.place)):
        return place.hold(case.place_pk)
    return bool(case.reply and talk_sealing.hold_reply_for_reports(reply=case.reply))


def _tell(case: Case, is_new: bool, kind: Kind) -> None:
    """One entry in the ledger: a number, and nothing of what it is about."""
    alarm = kind == Kind.AT_RISK
    if not (is_new or alarm):
        return
    record(
        "case.alarmed" if alarm else "case.opened",
        subject_type="case",
        subject_id=case.pk,
        public=False,
    )
