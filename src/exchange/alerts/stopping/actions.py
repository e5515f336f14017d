"""Stop, less, pause, stop everything; and back again within a day. Each verb is one transaction.
Called by the stop page, by mail programs (one click), by answers to stop+…@ and for complaints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction

from exchange.alerts.models import Level, Watch, Wishes
from exchange.alerts.stopping.things import Thing
from exchange.alerts.watching.actions import set_level
from exchange.alerts.wishing import actions as wishing
from exchange.alerts.wishing.queries import wishes_of
from exchange.contributions.models import Contribution
from exchange.conversation import keeping, marks
from exchange.conversation.models import Follow, SavedSearch
from exchange.core.time import now
from exchange.hubs.belonging.actions import set_level as set_place
from exchange.hubs.models import Membership
from exchange.ledger.actions import record
from exchange.ledger.models import Event
from exchange.ledger.rules import MOST_ITEMS, Detail
from exchange.mail.tokens import What
from exchange.members.actions import be_offered
from exchange.members.models import Member

KIND = "member.stopped_mail"
PAUSE = timedelta(days=30)
UNDO = timedelta(days=1)
WAYS = ("stop", "less", "pause", "all")


class TooLate(ValueError):
    """More than a day ago, or undone already."""


def stop(thing: Thing, *, way: str = "stop", tell: bool = True) -> bool:
    """Do it, and remember what was, so that it can be undone. Whether anything changed: the same
    again changes nothing, and is not told again."""
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=thing.member.pk)
        was = _do(thing, way)
        if was is None:
            return False
        detail: dict[str, object] = {
            "what": int(thing.what),
            "item": thing.item,
            "way": way,
            "tell": tell,
            **was,
        }
        record(
            KIND,
            subject_type="member",
            subject_id=thing.member.pk,
            detail=detail,  # type: ignore[arg-type]
            public=False,
        )
    return True


def put_back(*, event_id: int, member: Member) -> None:
    """The owner did not want it: as it was. Raises TooLate."""
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        event = Event.objects.filter(pk=event_id, kind=KIND, subject_id=member.pk).first()
        undone = Event.objects.filter(
            kind="member.unstopped_mail",
            subject_type="member",
            subject_id=member.pk,
            detail__stop=event_id,
        )
        if event is None or now() - event.at > UNDO or undone.exists():
            raise TooLate
        _undo(member, event.detail)
        record(
            "member.unstopped_mail",
            subject_type="member",
            subject_id=member.pk,
            actor_id=member.pk,
            detail={"stop": event_id},
            public=False,
        )


def stop_for_complaint(*, member: Member) -> None:
    """Their provider says that our mail is unwanted: nothing more, and no mail about that."""
    stop(Thing(What.STOP_ALL, member), tell=False)


def _do(thing: Thing, way: str) -> Detail | None:
    """What was, as codes; None when nothing changed."""
    if way == "pause":
        return _pause_search(thing) if thing.what is What.STOP_SEARCH else _pause(thing.member)
    if way == "all" or thing.what is What.STOP_ALL:
        return _stop_all(thing.member)
    return _ONE[thing.what](thing, way)


def _follow(thing: Thing, way: str) -> Detail | None:
    row = Contribution.objects.filter(pk=thing.item).first()
    if row is None:
        return None
    level = Follow.Level.DIGEST if way == "less" else Follow.Level.OFF
    before = Follow.objects.filter(member=thing.member, contribution_id=row.pk).first()
    was = before.level if before else Follow.Level.OFF
    if was in (level, Follow.Level.OFF):
        return None
    marks.follow(member=thing.member, contribution=row, level=level)
    if way == "less":
        wishing.expect_digest(member=thing.member)
    return {"was": str(was)}


def _watch(thing: Thing, way: str) -> Detail | None:
    watch = Watch.objects.filter(pk=thing.item, member=thing.member).first()
    level = Level.DIGEST if way == "less" else Level.OFF
    if watch is None or watch.level in (level, Level.OFF):
        return None
    was = watch.level
    set_level(watch=watch, level=level)
    return {"was": str(was)}


def _search(thing: Thing, way: str) -> Detail | None:
    search = SavedSearch.objects.filter(pk=thing.item, member=thing.member).first()
    if search is None or search.stopped_at is not None:
        return None
    was = {"was": str(search.level)}
    if way == "less":
        if search.level == SavedSearch.Level.DIGEST:
            return None
        keeping.set_level(search=search, level=SavedSearch.Level.DIGEST)
        wishing.expect_digest(member=thing.member)
    else:
        keeping.stop(search=search)
    return was


def _pause_search(thing: Thing) -> Detail | None:
    search = SavedSearch.objects.filter(pk=thing.item, member=thing.member).first()
    if search is None or search.stopped_at is not None or search.is_paused:
        return None
    keeping.pause(search=search, until=now() + PAUSE)
    return {"was": str(search.level)}


def _digest(thing: Thing, way: str) -> Detail | None:
    member = thing.member
    if way == "less":
        was = wishes_of(member).rhythm
        if was == Wishes.Rhythm.MONTHLY:
            return None
        wishing.set_wishes(member=member, rhythm=Wishes.Rhythm.MONTHLY)
        return {"was": str(was)}
    watches = Watch.objects.filter(member=member, level=Level.DIGEST)
    follows = Follow.objects.filter(member=member, level=Follow.Level.DIGEST)
    searches = SavedSearch.objects.filter(
        member=member, level=SavedSearch.Level.DIGEST, stopped_at=None
    )
    kept = {
        "watches": list(watches.values_list("pk", flat=True)[:MOST_ITEMS]),
        "follows": list(follows.values_list("pk", flat=True)[:MOST_ITEMS]),
        "searches": list(searches.values_list("pk", flat=True)[:MOST_ITEMS]),
    }
    if not any(kept.values()):
        return None
    watches.update(level=Level.OFF)
    follows.update(level=Follow.Level.OFF, why=Follow.Why.CHOSEN, at=now())
    searches.update(stopped_at=now())
    wishing.set_wishes(member=member)
    return kept


def _offers(thing: Thing, way: str) -> Detail | None:
    """Less of them there is not: they are few already."""
    if not thing.member.may_be_offered:
        return None
    be_offered(member=thing.member, wanted=False)
    return {}


def _space(thing: Thing, way: str) -> Detail | None:
    level = Level.DIGEST if way == "less" else Level.OFF
    found = Membership.objects.of(thing.member).filter(space=thing.item).first()
    if found is None or found.level in (level, Level.OFF):
        return None
    was = found.level
    set_place(place=found, level=level)
    return {"was": str(was)}


def _pause(member: Member) -> Detail | None:
    wishes = wishes_of(member)
    if wishes.is_paused or wishes.stopped_at is not None:
        return None
    wishing.pause(member=member, until=now() + PAUSE)
    return {}


def _stop_all(member: Member) -> Detail | None:
    if wishes_of(member).stopped_at is not None:
        return None
    wishing.stop_all(member=member)
    return {}


_ONE: dict[What, Callable[[Thing, str], Detail | None]] = {
    What.STOP_FOLLOW: _follow,
    What.STOP_WATCH: _watch,
    What.STOP_SEARCH: _search,
    What.STOP_DIGEST: _digest,
    What.STOP_OFFERS: _offers,
    What.STOP_SPACE: _space,
}


def _undo(member: Member, detail: dict[str, Any]) -> None:
    """Only what is still as the stop left it; what the member chose since stands."""
    what, way, item = What(int(detail["what"])), detail["way"], int(detail["item"])
    was = str(detail.get("was", ""))
    if way == "all" or what is What.STOP_ALL or (way == "pause" and what is not What.STOP_SEARCH):
        wishing.start_again(member=member)
    elif what is What.STOP_FOLLOW:
        _follow_again(member, item, was=was, left=_left(way))
    elif what is What.STOP_OFFERS:
        be_offered(member=member, wanted=True)
    elif what is What.STOP_SPACE:
        _place_again(member, item, was=was, left=_left(way))
    elif what is What.STOP_WATCH:
        _watch_again(member, item, was=was, left=_left(way))
    elif what is What.STOP_SEARCH:
        _search_again(member, item, was=was)
    elif way == "less":
        wishing.set_wishes(member=member, rhythm=was)
    else:
        _digest_again(member, detail)


def _left(way: object) -> str:
    return Level.DIGEST if way == "less" else Level.OFF


def _place_again(member: Member, item: int, *, was: str, left: str) -> None:
    for place in Membership.objects.of(member).filter(space=item, level=left):
        set_place(place=place, level=was)


def _watch_again(member: Member, item: int, *, was: str, left: str) -> None:
    for watch in Watch.objects.filter(pk=item, member=member, level=left):
        set_level(watch=watch, level=was)


def _search_again(member: Member, item: int, *, was: str) -> None:
    for search in SavedSearch.objects.filter(pk=item, member=member):
        keeping.go_on(search=search)
        keeping.set_level(search=search, level=was)


def _follow_again(member: Member, item: int, *, was: str, left: str) -> None:
    still = Follow.objects.filter(member=member, contribution_id=item, level=left)
    for follow in still.select_related("contribution"):
        marks.follow(member=member, contribution=follow.contribution, level=was)


def _digest_again(member: Member, detail: dict[str, Any]) -> None:
    of = {name: detail.get(name) or [] for name in ("watches", "follows", "searches")}
    Watch.objects.filter(member=member, pk__in=of["watches"], level=Level.OFF).update(
        level=Level.DIGEST
    )
    Follow.objects.filter(member=member, pk__in=of["follows"], level=Follow.Level.OFF).update(
        level=Follow.Level.DIGEST, at=now()
    )
    SavedSearch.objects.filter(member=member, pk__in=of["searches"]).update(stopped_at=None)
    wishing.expect_digest(member=member)
