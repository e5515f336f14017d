"""Every change to a translation: asked for, begun, kept, sent, looked at, let out, taken back.
Called by views and hooks of this room; each its own transaction and ledger entry."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from exchange.contributions import renderings
from exchange.contributions.judging import judged
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.conversation.voicing import could_name
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.translating import pieces, queries, rules
from exchange.translating.errors import ChangedMeanwhile, NotAllowed, NothingWritten, Taken
from exchange.translating.models import CLAIMED_FOR, Remark, Translation, Wish

State = Translation.State


def wish(
    *, contribution: Contribution, reply: Reply | None, language: str, by: Member, on: bool = True
) -> None:
    """Ask for it in a language, once; or no longer. Raises NotAllowed."""
    if not rules.can_be_carried(contribution, reply, language) or not by.is_active:
        raise NotAllowed
    found = Wish.objects.of(contribution.pk, reply.pk if reply else None, language).filter(
        member=by
    )
    if not on:
        found.delete()
        return
    with transaction.atomic():
        if found.exists() or queries.is_out_in(contribution, reply, language):
            return
        row = Wish.objects.create(
            contribution=contribution, reply=reply, language=language, member=by
        )
        _entry("translation.wished", row.pk, contribution.pk, by, language=language)


def begin(
    *, contribution: Contribution, reply: Reply | None, language: str, by: Member
) -> Translation:
    """Take it for two weeks; one's own again goes on. What is out already is begun as a correction,
    with its words. Raises NotAllowed, Taken."""
    if not rules.can_be_carried(contribution, reply, language):
        raise NotAllowed
    if not rules.may_translate(by, contribution):
        raise NotAllowed
    try:
        with transaction.atomic():
            return _begun(contribution, reply, language, by)
    except IntegrityError:
        raise Taken from None


def _begun(
    contribution: Contribution, reply: Reply | None, language: str, by: Member
) -> Translation:
    standing = queries.of_source(contribution, reply, language)
    begun = standing.filter(state__in=(State.DRAFT, State.WAITING)).select_for_update(
        of=("self",), no_key=True
    )
    row: Translation | None = begun.first()
    if row is not None and row.translator_id == by.pk:
        if row.state == State.DRAFT:
            row.claimed_until = now() + CLAIMED_FOR
            row.save(update_fields=["claimed_until"])
        return row
    if row is not None and not row.is_lapsed:
        raise Taken
    if row is not None:
        # Nobody sent it in time: what was begun is its writer's, and goes with the claim.
        row.delete()
    present: Translation | None = standing.filter(state=State.PUBLISHED).first()
    source = reply if reply is not None else contribution
    made: Translation = Translation.objects.create(
        contribution=contribution,
        reply=reply,
        language=language,
        source_language=source.language,
        of_version=source.version,
        translator=by,
        shown_as=by.shown_name,
        claimed_until=now() + CLAIMED_FOR,
        corrects=present,
        pieces=dict(present.pieces) if present else {},
    )
    _entry("translation.begun", made.pk, contribution.pk, by, language=language)
    return made


def give_back(*, row: Translation, by: Member) -> None:
    """Not now: others may take it. Raises NotAllowed."""
    if row.translator_id != by.pk or row.state not in (State.DRAFT, State.WAITING):
        raise NotAllowed
    with transaction.atomic():
        _entry("translation.given_back", row.pk, row.contribution_id, by)
        Translation.objects.filter(pk=row.pk).delete()


def keep(
    *, row: Translation, by: Member, typed: pieces.Typed, version: int, machine: bool = False
) -> Translation:
    """Keep what is typed. Raises NotAllowed, ChangedMeanwhile when another tab kept newer words."""
    with transaction.atomic():
        fresh = _locked(row)
        if fresh.translator_id != by.pk or fresh.state not in (State.DRAFT, State.WAITING):
            raise NotAllowed
        if fresh.version != version:
            raise ChangedMeanwhile(fresh.version)
        fresh.pieces = {name: list(words) for name, words in typed.items()}
        fresh.version += 1
        fresh.changed_at = now()
        fresh.state = State.DRAFT
        fresh.is_machine_begun = fresh.is_machine_begun or machine
        fresh.claimed_until = now() + CLAIMED_FOR
        fresh.save()
    return fresh


def send(*, row: Translation, by: Member, insist: bool = False) -> Translation:
    """Send what is kept. It is out when no gate asks and its translator is trusted; else somebody
    looks first. Raises NotAllowed, NothingWritten, Refused, Noticed."""
    original = pieces.of(row.contribution, row.reply)
    typed = pieces.fitted(original, row.pieces)
    if row.translator_id != by.pk or row.state != State.DRAFT:
        raise NotAllowed
    if not rules.may_translate(by, row.contribution):
        raise NotAllowed
    if pieces.missing(original, typed):
        raise NothingWritten
    title, body, parts = (
        pieces.joined(typed, "title"),
        pieces.joined(typed, "body"),
        pieces.parts(typed),
    )
    text = "\n\n".join(filter(None, [body, *parts.values()]))
    passed = _passes(row, title, text, by, insist)
    with transaction.atomic():
        fresh = _locked(row)
        fresh.title, fresh.body, fresh.parts = title, body, parts
        fresh.pieces, fresh.of_version, fresh.note = typed, row.source.version, ""
        fresh.changed_at, fresh.is_held = now(), not passed
        fresh.state, fresh.claimed_until = State.WAITING, None
        fresh.save()
        if passed and (by.is_host or queries.is_trusted(by, row.language)):
            _let_out(fresh, by)
        else:
            _entry("translation.sent", fresh.pk, fresh.contribution_id, by)
    return fresh


def _passes(row: Translation, title: str, text: str, by: Member, insist: bool) -> bool:
    """Whether no host has to look. Who wrote a protected text could be named beside it here too."""
    verdict = judged(
        text=text,
        title=title,
        kind=row.contribution.kind if row.reply_id is None else "reply",
        language=row.language,
        author=by,
        origin="web",
        insist=insist,
    )
    return verdict.passed and not could_name(row.contribution, f"{title}\n{text}")


def approve(*, row: Translation, by: Member, version: int) -> Translation:
    """A second reader or a host lets it out. Raises NotAllowed, ChangedMeanwhile."""
    with transaction.atomic():
        fresh = _to_look_at(row, by, version)
        fresh.reviewer = by
        _let_out(fresh, by)
    return fresh


def send_back(*, row: Translation, by: Member, version: int, note: str) -> Translation:
    """Ask its translator to change something first. Raises as approve, and what gates say of the
    note."""
    judged(text=note, kind="reply", language=row.language, author=by, origin="web", insist=True)
    with transaction.atomic():
        fresh = _to_look_at(row, by, version)
        fresh.state, fresh.note, fresh.reviewer = State.DRAFT, note, by
        fresh.claimed_until = now() + CLAIMED_FOR
        fresh.save()
        _entry("translation.sent_back", fresh.pk, fresh.contribution_id, by)
    return fresh


def take_back(*, row: Translation, by: Member) -> None:
    """Its translator, the writer of the original or a host takes it out of every door at once;
    nothing of its words stays. Raises NotAllowed."""
    if not rules.may_take_back(by, row):
        raise NotAllowed
    with transaction.atomic():
        fresh = _locked(row)
        empty_some([fresh])
        _entry("translation.withdrawn", fresh.pk, fresh.contribution_id, by)
        _tell_lists(fresh)


def remark(*, row: Translation, by: Member, words: str) -> Remark:
    """Tell its translator that something is wrong. The words go to that person and the hosts.
    Raises NotAllowed, Refused, Noticed."""
    if row.state != State.PUBLISHED or not rules.may_translate(by, row.contribution):
        raise NotAllowed
    judged(text=words, kind="reply", language=row.language, author=by, origin="web", insist=False)
    with transaction.atomic():
        made: Remark = Remark.objects.create(translation=row, by=by, words=words)
        record(
            "translation.remarked",
            subject_type="remark",
            subject_id=made.pk,
            actor_id=by.pk,
            detail={"translation": row.pk, "contribution": row.contribution_id},
            public=False,
        )
    return made


def empty_some(rows: list[Translation]) -> None:
    """No word of these stays, nor of what was said about them. In the caller's transaction."""
    pks = [row.pk for row in rows]
    earlier = list(
        Translation.objects.filter(corrected_by__in=pks, state=State.REPLACED).values_list(
            "pk", flat=True
        )
    )
    gone = {"title": "", "body": "", "parts": {}, "pieces": {}, "note": "", "state": State.GONE}
    Translation.objects.filter(pk__in=[*pks, *earlier]).update(**gone, changed_at=now())
    Remark.objects.filter(translation__in=[*pks, *earlier]).update(words="", done_at=now())
    for row in rows:
        row.state = State.GONE


def follow_the_source(*, contribution_id: int, reply_id: int | None = None) -> None:
    """The original was taken back: nothing made of it stays, nor that somebody asked for it."""
    rows = Translation.objects.filter(contribution_id=contribution_id)
    wishes = Wish.objects.filter(contribution_id=contribution_id)
    if reply_id is not None:
        rows, wishes = rows.filter(reply_id=reply_id), wishes.filter(reply_id=reply_id)
    with transaction.atomic():
        wishes.delete()
        found = list(rows.exclude(state=State.GONE))
        empty_some(found)
        for row in found:
            _entry("translation.withdrawn", row.pk, contribution_id, None)
        _say_languages(contribution_id)


def _to_look_at(row: Translation, by: Member, version: int) -> Translation:
    fresh = _locked(row)
    if fresh.state != State.WAITING or not rules.may_look(by, fresh):
        raise NotAllowed
    if fresh.version != version:
        raise ChangedMeanwhile(fresh.version)
    return fresh


def _let_out(row: Translation, by: Member) -> None:
    """In the caller's transaction: what stood before makes room, lists and search are told."""
    standing = queries.of_source(row.contribution, row.reply, row.language)
    before = standing.filter(state=State.PUBLISHED).exclude(pk=row.pk)
    for earlier in before:
        Remark.objects.filter(translation=earlier, done_at=None).update(done_at=now())
        row.corrects = earlier
    before.update(state=State.REPLACED, changed_at=now())
    row.state, row.is_held, row.claimed_until = State.PUBLISHED, False, None
    row.published_at = row.changed_at = now()
    row.save()
    _entry("translation.published", row.pk, row.contribution_id, by, language=row.language)
    _tell_lists(row)


def _tell_lists(row: Translation) -> None:
    if row.reply_id is None:
        _say_languages(row.contribution_id)


def _say_languages(contribution_id: int) -> None:
    """The contribution says in which languages it can be read, and the index looks again."""
    codes = Translation.objects.filter(
        contribution_id=contribution_id, reply=None, state=State.PUBLISHED, sealed_at=None
    ).values_list("language", flat=True)
    if renderings.say_languages(contribution_id, sorted(codes)):
        record("contribution.enriched", subject_type="contribution", subject_id=contribution_id)


def seal_change(*, row: Translation, sealed: bool) -> None:
    """Out of everybody's sight, or back. Called by `sealing`."""
    with transaction.atomic():
        fresh = _locked(row)
        if (fresh.sealed_at is not None) == sealed:
            return
        fresh.sealed_at = now() if sealed else None
        fresh.save(update_fields=["sealed_at"])
        kind = "translation.sealed" if sealed else "translation.unsealed"
        _entry(kind, fresh.pk, fresh.contribution_id, None)
        _tell_lists(fresh)


def hold_for_reports(*, row: Translation) -> bool:
    """Several readers reported it: it waits for a host. Whether that changed anything."""
    with transaction.atomic():
        fresh = _locked(row)
        if fresh.state != State.PUBLISHED:
            return False
        try:
            with transaction.atomic():
                fresh.state, fresh.is_held = State.WAITING, True
                fresh.save(update_fields=["state", "is_held"])
        except IntegrityError:
            # A correction waits already, and its host sees both.
            empty_some([fresh])
        _entry("translation.held", fresh.pk, fresh.contribution_id, None)
        _tell_lists(fresh)
    return True


def take_out(*, row: Translation) -> None:
    """For safeguarding: gone for good, whoever made it. In the caller's transaction."""
    fresh = _locked(row)
    empty_some([fresh])
    _entry("translation.withdrawn", fresh.pk, fresh.contribution_id, None)
    _tell_lists(fresh)


def _locked(row: Translation) -> Translation:
    rows = Translation.objects.select_for_update(of=("self",), no_key=True)
    found: Translation = rows.select_related("contribution", "reply").get(pk=row.pk)
    return found


def _entry(kind: str, pk: int, contribution_id: int, by: Member | None, **more: str) -> None:
    record(
        kind,
        subject_type="translation",
        subject_id=pk,
        actor_id=by.pk if by else None,
        detail={"contribution": contribution_id, **more},
    )
