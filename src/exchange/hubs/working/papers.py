"""Every change to a paper's words: write, change, restore, let out, take away.
Called by the matters of `working`, by pages and by mail; each is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from exchange.core import ids
from exchange.core.languages import current
from exchange.core.time import now
from exchange.hubs import rules as belonging
from exchange.hubs.belongs import forget
from exchange.hubs.models import Membership, Space
from exchange.hubs.models.working import CalendarKey, Paper, Revision
from exchange.hubs.working import rules
from exchange.hubs.working.errors import ChangedMeanwhile, NotAllowed
from exchange.hubs.working.judging import may_stand
from exchange.ledger.actions import record
from exchange.members.models import Member

State = Paper.State


@dataclass(frozen=True)
class Written:
    """What somebody typed. `beside` are words judged with them that stand in other columns."""

    title: str = ""
    body: str = ""
    why: str = ""
    beside: str = ""
    insist: bool = False
    origin: str = "web"
    once_key: str = ""
    language: str = ""

    @property
    def words(self) -> str:
        return "\n\n".join(filter(None, [self.title, self.body, self.beside, self.why]))


def write(
    space: Space,
    *,
    kind: str,
    by: Member,
    written: Written,
    parent: Paper | None = None,
    due_on: date | None = None,
    **more: Any,
) -> Paper:
    """A new paper, seen by those inside unless a gate or the group's own rule holds it; the same
    form twice is one paper. Raises NotAllowed, Noticed, Refused."""
    if not rules.may_begin(by, space, kind):
        raise NotAllowed
    twin = _twin(space, by, written.once_key)
    if twin is not None:
        return twin
    language = written.language or current()
    stands = judged(space, by, written, language)
    row = Paper(
        space=space,
        kind=kind,
        parent=parent,
        author=by,
        title=written.title,
        body=written.body,
        language=language,
        due_on=due_on,
        once_key=written.once_key,
        state=State.OUT if stands else State.HELD,
        **more,
    )
    return _kept(row, by, written)


def change(paper: Paper, *, by: Member, written: Written, version: int, **more: Any) -> Paper:
    """Other words in their place. What a gate holds waits as a revision, and what stood stays.
    Raises NotAllowed, ChangedMeanwhile, Noticed, Refused."""
    if not rules.may_change(by, paper):
        raise NotAllowed
    stands = judged(paper.space, by, written, paper.language)
    with transaction.atomic():
        row = locked(paper)
        if row.version != version:
            raise ChangedMeanwhile(row.version)
        if stands or row.state == State.HELD:
            held_still = row.state == State.HELD and not stands
            _put(row, written, State.HELD if held_still else row.state)
            for name, value in more.items():
                setattr(row, name, value)
            row.save()
        else:
            row.version = _next(row)
        _revision(row, by, written, is_held=not stands)
        tell(row, "changed" if stands else "change_held", by)
    return row


def let_out(paper: Paper, *, by: Member, version: int) -> Paper:
    """A host of the space read it. From then on its writer is known there. Raises NotAllowed,
    ChangedMeanwhile."""
    if not belonging.hosts(by, paper.space_id):
        raise NotAllowed
    with transaction.atomic():
        row = locked(paper)
        held = row.revisions.filter(is_held=True).order_by("-version").first()
        newest = held.version if held is not None else row.version
        if newest != version:
            raise ChangedMeanwhile(newest)
        if row.state == State.HELD:
            row.state = State.OUT
            what = "written"
        elif held is not None and held.version < row.version:
            # Somebody wrote on meanwhile: it stands among the earlier texts, to be taken from.
            what = "change_declined"
        elif held is not None:
            row.title, row.body, row.version = held.title, held.body, held.version
            what = "changed"
        else:
            return row
        row.changed_at = now()
        row.save()
        row.revisions.update(is_held=False)
        _trust(row, held.by_id if held and held.by_id else row.author_id)
        tell(row, what, by)
    return row


def turn_down(paper: Paper, *, by: Member) -> None:
    """What waits does not come: a held change goes, a held paper is taken away. Raises NotAllowed."""
    if not belonging.hosts(by, paper.space_id):
        raise NotAllowed
    with transaction.atomic():
        row = locked(paper)
        if row.state == State.HELD:
            _away(row, by)
            return
        row.revisions.filter(is_held=True).delete()
        tell(row, "change_declined", by)


def take_away(paper: Paper, *, by: Member) -> None:
    """Gone for everybody inside, words and all. Raises NotAllowed."""
    if not rules.may_take_away(by, paper):
        raise NotAllowed
    with transaction.atomic():
        row = locked(paper)
        if row.state != State.GONE:
            _away(row, by)


def restore(paper: Paper, *, by: Member, revision: Revision, version: int) -> Paper:
    """An earlier text stands again, as a new version. Raises as `change`."""
    if revision.paper_id != paper.pk or revision.is_held:
        raise NotAllowed
    written = Written(title=revision.title, body=revision.body, insist=True)
    return change(paper, by=by, written=written, version=version)


def settle(paper: Paper, *, by: Member | None, is_settled: bool) -> Paper:
    """Finished, ready, closed, done; or open again. Its own matter says who may."""
    with transaction.atomic():
        row = locked(paper)
        if row.is_settled == is_settled:
            return row
        row.settled_at = now() if is_settled else None
        row.settled_by = by if is_settled else None
        row.save(update_fields=["settled_at", "settled_by"])
        tell(row, "settled" if is_settled else "reopened", by)
    return row


def waits(row: Paper) -> bool:
    """Whether the last change of this row is held."""
    return row.revisions.filter(version=row.version, is_held=True).exists()


def locked(paper: Paper) -> Paper:
    """The row as it stands now; in the caller's transaction. Raises NotAllowed when it is gone."""
    rows = Paper.objects.select_for_update(of=("self",), no_key=True).select_related("space")
    row: Paper | None = rows.filter(pk=paper.pk, sealed_at=None).exclude(state=State.GONE).first()
    if row is None:
        raise NotAllowed
    return row


def tell(row: Paper, what: str, by: Member | None) -> None:
    """In the ledger by numbers alone. No page for the public shows any of it, but that a hub meets."""
    record(
        f"paper.{what}",
        subject_type="paper",
        subject_id=row.pk,
        actor_id=by.pk if by else None,
        detail={"space": row.space_id, "kind": str(row.kind), "version": row.version},
        public=row.kind == Paper.Kind.MEETING and row.space.is_hub,
    )


def judged(space: Space, by: Member, written: Written, language: str) -> bool:
    """Whether the words may stand at once. Raises Noticed, Refused."""
    return may_stand(
        space,
        by,
        words=written.words,
        language=language,
        insist=written.insist,
        origin=written.origin,
    )


def _twin(space: Space, by: Member, once_key: str) -> Paper | None:
    if not once_key:
        return None
    rows = Paper.objects.filter(space=space, author=by, once_key=once_key)
    found: Paper | None = rows.first()
    return found


def _kept(row: Paper, by: Member, written: Written) -> Paper:
    try:
        with transaction.atomic():
            row.save()
            _revision(row, by, written, is_held=False)
            tell(row, "written" if row.is_out else "held", by)
    except IntegrityError:
        twin = _twin(row.space, by, written.once_key)
        if twin is None:
            raise
        return twin
    return row


def _put(row: Paper, written: Written, state: str) -> None:
    row.title, row.body = written.title, written.body
    row.version, row.changed_at, row.state = _next(row), now(), state


def _next(row: Paper) -> int:
    newest = row.revisions.order_by("-version").values_list("version", flat=True).first()
    return max(row.version, newest or 0) + 1


def _revision(row: Paper, by: Member, written: Written, *, is_held: bool) -> None:
    Revision.objects.create(
        paper=row,
        version=row.version,
        title=written.title,
        body=written.body,
        why=written.why[:200],
        by=by,
        is_held=is_held and row.state != State.HELD,
    )


def _away(row: Paper, by: Member) -> None:
    row.state, row.title, row.body, row.owner_name = State.GONE, "", "", ""
    row.version, row.changed_at = row.version + 1, now()
    row.save()
    row.revisions.all().delete()
    tell(row, "taken_away", by)


def _trust(row: Paper, author_id: int | None) -> None:
    if author_id is None:
        return
    known = Membership.objects.filter(space_id=row.space_id, member_id=author_id, trusted_at=None)
    known.update(trusted_at=now())
    if row.author is not None:
        forget(row.author)


def renew_key(row: CalendarKey) -> None:
    """Another secret address for somebody's calendar; whoever had the old one sees nothing more."""
    CalendarKey.objects.filter(pk=row.pk).update(key=ids.new_id(), at=now())
