"""Every change to a contribution: submit, revise, publish, hold, withdraw, close.
Called by pages, mail, the API and commands alike; each verb is one transaction and one entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from exchange.contributions import rules
from exchange.contributions.content import Content
from exchange.contributions.errors import AlreadyDecided, ChangedMeanwhile, NotAllowed
from exchange.contributions.judging import judged
from exchange.contributions.models import (
    ContextTerm,
    Contribution,
    Decision,
    Experience,
    Notice,
    Revision,
    State,
)
from exchange.core import gates, ids
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.actions import welcome
from exchange.members.models import Member
from exchange.taxonomy.models import Term

ROWS: dict[str, type[Contribution]] = {"experience": Experience, "notice": Notice}


def submit(
    *,
    kind: str,
    content: Content,
    author: Member,
    once_key: str = "",
    origin: str = "web",
    insist: bool = False,
) -> Contribution:
    """Share something: published at once when every gate passes, else waiting for a host.
    Sending the same form twice (`once_key`) gives the same contribution.
    Raises NotAllowed for a paused member, Refused when a gate refuses, Noticed when a gate asks
    the writer first; with `insist` it is sent all the same and waits for a host."""
    if not rules.may_contribute(author):
        raise NotAllowed
    sent_before = _sent_before(once_key, author)
    if sent_before:
        return sent_before
    verdict = _judged(kind, content, author, origin, insist)
    try:
        with transaction.atomic():
            contribution = _written(kind, content, author, once_key or ids.new_id(), origin)
            if verdict.passed:
                _let_out(contribution, by=author)
            else:
                _let_wait(contribution, author)
    except IntegrityError:
        # The second of two simultaneous sends of one form meets the unique key.
        twin = _sent_before(once_key, author)
        if twin is None:
            raise
        return twin
    return contribution


def bring_in(
    *,
    kind: str,
    content: Content,
    shown_as: str,
    row: Contribution | None = None,
    by: Member | None,
) -> Contribution:
    """Publish starter content or an imported record in the name of the hosts, through the gates
    as a host's words. A gate that does not pass leaves it waiting."""
    contribution = row or ROWS.get(kind, Contribution)()
    contribution.shown_as = shown_as
    contribution.author = None
    submission = gates.Submission(
        text=content.whole,
        title=content.title,
        kind=kind,
        language=content.language,
        author_is_host=True,
        author_is_newcomer=False,
        origin="starter",
    )
    verdict = gates.judge(submission)
    with transaction.atomic():
        _fill(contribution, kind, content, origin="starter")
        contribution.save()
        set_context(contribution, content.term_keys())
        if verdict.passed:
            _let_out(contribution, by=by)
        else:
            _let_wait(contribution, by)
    return contribution


def revise(
    *,
    contribution: Contribution,
    content: Content,
    by: Member,
    version: int,
    why: str = "",
    insist: bool = False,
) -> bool:
    """Change the words. True when the new words stand at once; False when they wait for a host
    (a published text stays as it was until then).
    Raises NotAllowed, Refused, Noticed as submit, or ChangedMeanwhile when `version` is no longer
    the present one."""
    if not (rules.may_revise(by, contribution) and rules.may_contribute(by)):
        raise NotAllowed
    verdict = _judged(contribution.kind, content, by, "web", insist)
    with transaction.atomic():
        row = _locked(contribution)
        if row.version != version:
            raise ChangedMeanwhile(row.version)
        if row.state == State.PUBLISHED and not verdict.passed:
            _keep_revision(row, content, by, why, number=row.version + 1, state=State.WAITING)
            _entry("contribution.submitted", row, by)
            return False
        _replace_words(row, content, by, why)
        return row.state == State.PUBLISHED


def accept_revision(*, revision: Revision, by: Member) -> Contribution:
    """A host lets a waiting change out. Raises AlreadyDecided, NotAllowed."""
    if not rules.may_decide(by, revision.contribution):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(revision.contribution)
        waiting = Revision.objects.select_for_update().get(pk=revision.pk)
        if waiting.state != State.WAITING:
            raise AlreadyDecided
        waiting.delete()
        content = content_of(row, title=waiting.title, body=waiting.body, parts=waiting.parts)
        _replace_words(row, content, waiting.by, waiting.why)
        Decision.objects.create(
            contribution=row, what=Decision.What.PUBLISH, by=by, by_name=by.shown_name
        )
        return row


def refuse_revision(*, revision: Revision, by: Member, note: str) -> None:
    """A host does not let a change out; the text stays as it was. Raises as accept_revision."""
    if not rules.may_decide(by, revision.contribution):
        raise NotAllowed
    with transaction.atomic():
        waiting = Revision.objects.select_for_update().get(pk=revision.pk)
        if waiting.state != State.WAITING:
            raise AlreadyDecided
        waiting.state = State.HELD
        waiting.save(update_fields=["state"])
        _decided(waiting.contribution, Decision.What.HOLD, by, note)


def publish(
    *, contribution: Contribution, by: Member, version: int, note: str = ""
) -> Contribution:
    """A host lets a waiting or held contribution out, and so welcomes its author.
    Raises NotAllowed, AlreadyDecided when another host was faster or the words changed."""
    with transaction.atomic():
        row = _to_decide(contribution, by, version)
        _decided(row, Decision.What.PUBLISH, by, note)
        _let_out(row, by=by)
        if row.author is not None and row.author.is_newcomer:
            welcome(member=row.author, by=by)
    return row


def hold(*, contribution: Contribution, by: Member, version: int, note: str) -> Contribution:
    """A host keeps it back, with a kind note to the author. Raises as publish."""
    return _keep_back(contribution, by, version, note, Decision.What.HOLD)


def ask_to_rewrite(
    *, contribution: Contribution, by: Member, version: int, note: str
) -> Contribution:
    """A host asks the author to change something first. Raises as publish."""
    return _keep_back(contribution, by, version, note, Decision.What.REWRITE)


def withdraw(*, contribution: Contribution, by: Member, note: str = "") -> Contribution:
    """Take it out of every door at once; the row stays for the record. Raises NotAllowed."""
    if not rules.may_withdraw(by, contribution):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(contribution)
        if row.state != State.WITHDRAWN:
            _move(row, State.WITHDRAWN)
            _decided(row, Decision.What.WITHDRAW, by, note)
            _entry("contribution.withdrawn", row, by)
    return row


def close(*, contribution: Contribution, by: Member) -> Contribution:
    """Take no more answers; it stays readable. Closing twice changes nothing. Raises NotAllowed."""
    if not rules.may_close(by, contribution):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(contribution)
        if row.closed_at is None:
            row.closed_at = now()
            row.save(update_fields=["closed_at"])
            _entry("contribution.closed", row, by)
    return row


def reopen(*, contribution: Contribution, by: Member) -> Contribution:
    """Take answers again. Raises NotAllowed."""
    if not rules.may_close(by, contribution):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(contribution)
        if row.closed_at is not None:
            row.closed_at = None
            row.save(update_fields=["closed_at"])
            _entry("contribution.reopened", row, by)
    return row


def expire_due(*, moment: datetime) -> int:
    """Let notices whose day has come leave the lists. Returns how many."""
    due = Contribution.objects.listed().filter(expires_at__lte=moment).order_by("expires_at")
    count = 0
    for notice in due[:500]:
        with transaction.atomic():
            row = _locked(notice)
            if row.state == State.PUBLISHED:
                _move(row, State.EXPIRED)
                _entry("contribution.expired", row, None)
                count += 1
    return count


def set_context(contribution: Contribution, keys: Iterable[str]) -> None:
    """Write the terms that place it, in the bridge and in the copied columns. Unknown terms are
    left out: they can only come from a form of an older vocabulary."""
    known = Term.objects.filter(key__in=list(keys)).values_list("key", "vocabulary", "slug")
    by_vocabulary: dict[str, list[str]] = {}
    for _key, name, slug in known:
        by_vocabulary.setdefault(name, []).append(slug)
    contribution.topics = " ".join(by_vocabulary.get("topic", []))
    contribution.countries = " ".join(by_vocabulary.get("country", []))
    for name in ("setting", "mechanism", "leadership"):
        setattr(contribution, name, " ".join(by_vocabulary.get(name, [])[:1]))
    contribution.save(update_fields=["topics", "countries", "setting", "mechanism", "leadership"])
    contribution.context_terms.all().delete()
    ContextTerm.objects.bulk_create(
        ContextTerm(
            contribution_id=contribution.pk,
            term_id=key,
            kind=contribution.kind,
            state=contribution.state,
            language=contribution.language,
            published_at=contribution.published_at,
        )
        for key, _name, _slug in known
    )


def content_of(
    row: Contribution, *, title: str, body: str, parts: dict[str, str] | None = None
) -> Content:
    """The present context of a row with other words."""
    return Content(
        title=title,
        body=body,
        language=row.language,
        topics=tuple(row.topic_slugs),
        countries=tuple(row.country_codes),
        setting=row.setting,
        mechanism=row.mechanism,
        leadership=row.leadership,
        parts=parts or {},
        organisation=getattr(row, "organisation", ""),
        expires_at=row.expires_at,
    )


def _judged(
    kind: str, content: Content, author: Member, origin: str, insist: bool
) -> gates.Verdict:
    return judged(
        text=content.whole,
        title=content.title,
        kind=kind,
        language=content.language,
        author=author,
        origin=origin,
        insist=insist,
    )


def _sent_before(once_key: str, author: Member) -> Contribution | None:
    if not once_key:
        return None
    return Contribution.objects.filter(once_key=once_key, author=author).first()


def _written(
    kind: str, content: Content, author: Member, once_key: str, origin: str
) -> Contribution:
    row = ROWS.get(kind, Contribution)(once_key=once_key, author=author, is_demo=author.is_demo)
    row.shown_as = author.shown_name
    row.shown_role = author.role
    _fill(row, kind, content, origin)
    row.save()
    set_context(row, content.term_keys())
    _keep_revision(row, content, author, "", number=row.version, state=State.PUBLISHED)
    return row


def _fill(row: Contribution, kind: str, content: Content, origin: str) -> None:
    row.kind = kind
    row.origin = origin
    row.state = State.WAITING
    row.title = content.title
    row.slug = ids.slug(content.title)
    row.body = content.body
    row.summary = content.short[:300]
    row.language = content.language
    row.expires_at = content.expires_at
    row.submitted_at = now()
    for name, words in content.parts.items():
        setattr(row, name, words)
    if isinstance(row, Notice):
        row.organisation = content.organisation


def _replace_words(row: Contribution, content: Content, by: Member | None, why: str) -> None:
    state, submitted_at, origin = row.state, row.submitted_at, row.origin
    full = ROWS[row.kind].objects.get(pk=row.pk) if row.kind in ROWS else row
    _fill(full, row.kind, content, origin)
    # Held words that were rewritten go back to the hosts; published ones stay published.
    full.state = State.WAITING if state == State.HELD else state
    full.submitted_at = now() if state == State.HELD else submitted_at
    full.version = row.version + 1
    full.changed_at = now()
    full.save()
    set_context(full, content.term_keys())
    _keep_revision(full, content, by, why, number=full.version, state=State.PUBLISHED)
    row.state, row.version = full.state, full.version
    _entry("contribution.revised" if row.is_public else "contribution.submitted", row, by)


def _keep_revision(
    row: Contribution, content: Content, by: Member | None, why: str, *, number: int, state: State
) -> None:
    # A change that still waits gives way to the newer one.
    row.revisions.filter(state=State.WAITING).delete()
    Revision.objects.create(
        contribution_id=row.pk,
        number=number,
        title=content.title,
        body=content.body,
        parts=content.parts,
        language=content.language,
        by=by,
        why=why[:200],
        state=state,
    )


def _let_out(row: Contribution, by: Member | None) -> None:
    row.published_at = row.published_at or now()
    _move(row, State.PUBLISHED)
    _entry("contribution.published", row, by)


def _let_wait(row: Contribution, by: Member | None) -> None:
    _move(row, State.WAITING)
    _entry("contribution.submitted", row, by)


def _move(row: Contribution, state: State) -> None:
    row.state = state
    row.changed_at = now()
    row.save(update_fields=["state", "published_at", "changed_at"])
    row.context_terms.update(
        state=state, published_at=row.published_at, language=row.language, kind=row.kind
    )


def _keep_back(
    contribution: Contribution, by: Member, version: int, note: str, what: Decision.What
) -> Contribution:
    with transaction.atomic():
        row = _to_decide(contribution, by, version)
        _move(row, State.HELD)
        _decided(row, what, by, note)
        _entry("contribution.held", row, by)
    return row


def _to_decide(contribution: Contribution, by: Member, version: int) -> Contribution:
    if not rules.may_decide(by, contribution):
        raise NotAllowed
    row = _locked(contribution)
    if row.state not in (State.WAITING, State.HELD) or row.version != version:
        last = row.decisions.first()
        raise AlreadyDecided(last.by_name if last else "")
    return row


def _decided(row: Contribution, what: Decision.What, by: Member, note: str) -> None:
    Decision.objects.create(
        contribution_id=row.pk, what=what, by=by, by_name=by.shown_name, note=note
    )


def _locked(contribution: Contribution) -> Contribution:
    # of=("self",): PostgreSQL cannot lock the nullable side of the author join.
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("author")
    locked: Contribution = rows.get(pk=contribution.pk)
    if locked.sealed_at is not None:
        # Sealed a moment ago, by `sealing`: nobody changes it here.
        raise NotAllowed
    return locked


def _entry(kind: str, row: Contribution, by: Member | None) -> None:
    record(
        kind,
        subject_type="contribution",
        subject_id=row.pk,
        actor_id=by.pk if by else None,
        detail={"kind": row.kind},
    )
