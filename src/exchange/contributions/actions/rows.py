"""How the rows of a contribution are written: its words, its context, its state, its decisions.
Called by the actions beside it alone, inside their transactions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from exchange.contributions import kinds, noticeboard
from exchange.contributions.content import Content
from exchange.contributions.errors import (
    NotAllowed,
)
from exchange.contributions.models import (
    ContextTerm,
    Contribution,
    Decision,
    Experience,
    Notice,
    Revision,
    State,
)
from exchange.core import ids
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.taxonomy.models import Term

# Vocabularies whose words a contribution keeps in columns of its own.
_IN_COLUMNS = ("topic", "country", "setting", "mechanism", "leadership")
ROWS: dict[str, type[Contribution]] = {"experience": Experience, "notice": Notice}


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
    row: Contribution,
    *,
    title: str,
    body: str,
    parts: dict[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Content:
    """The present context of a row with other words."""
    notice = _notice(row)
    beside = noticeboard.with_facts(facts or {}, notice) if notice else {}
    if notice and parts is None:
        parts = {"place": notice.place}
    content = Content(
        title=title,
        body=body,
        language=row.language,
        topics=tuple(row.topic_slugs),
        countries=tuple(row.country_codes),
        setting=row.setting,
        mechanism=row.mechanism,
        leadership=row.leadership,
        parts=parts or {},
        expires_at=row.expires_at,
        other_terms=tuple(
            row.context_terms.exclude(term__vocabulary__in=_IN_COLUMNS).values_list(
                "term_id", flat=True
            )
        ),
    )
    return replace(content, **beside)


def _notice(row: Contribution) -> Notice | None:
    if row.kind != "notice":
        return None
    return row if isinstance(row, Notice) else Notice.objects.get(pk=row.pk)


def fill(row: Contribution, kind: str, content: Content, origin: str) -> None:
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
    for name, words in {**content.parts, **content.columns}.items():
        setattr(row, name, words)
    if isinstance(row, Notice):
        row.organisation = content.organisation
        row.by_organisation = noticeboard.linked_to(row.author, content.organisation)


def replace_words(row: Contribution, content: Content, by: Member | None, why: str) -> None:
    state, submitted_at, origin = row.state, row.submitted_at, row.origin
    full = ROWS[row.kind].objects.get(pk=row.pk) if row.kind in ROWS else row
    fill(full, row.kind, content, origin)
    # Held words that were rewritten go back to the hosts; published ones stay published.
    full.state = State.WAITING if state == State.HELD else state
    full.submitted_at = now() if state == State.HELD else submitted_at
    full.version = row.version + 1
    full.changed_at = now()
    full.save()
    if full.is_out:
        must_be_ready(full)
    set_context(full, content.term_keys())
    keep_revision(full, content, by, why, number=full.version, state=State.PUBLISHED)
    row.state, row.version = full.state, full.version
    entry(_revised(row), row, by)


def _revised(row: Contribution) -> str:
    """What happened, as the ledger calls it. Nobody who listens to what is public hears of what
    changes inside a group."""
    if row.state == State.INSIDE:
        return "contribution.revised_inside"
    return "contribution.revised" if row.is_public else "contribution.submitted"


def keep_revision(
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
        facts=noticeboard.facts_of(content) if row.kind == "notice" else {},
        language=content.language,
        by=by,
        why=why[:200],
        state=state,
    )


def must_be_ready(row: Contribution) -> None:
    """What its own room knows against it. Raises NotReady."""
    may_go_out = kinds.get(row.kind).may_go_out
    if may_go_out is not None:
        may_go_out(row)


def let_out(row: Contribution, by: Member | None, *, bulk: bool = False) -> None:
    must_be_ready(row)
    row.published_at = row.published_at or now()
    move(row, row.out_state)
    what = "contribution.let_inside" if row.is_inside else "contribution.published"
    entry(what, row, by, bulk=bulk)


def let_wait(row: Contribution, by: Member | None) -> None:
    move(row, State.WAITING)
    entry("contribution.submitted", row, by)


def move(row: Contribution, state: State) -> None:
    row.state = state
    row.changed_at = now()
    row.save(update_fields=["state", "published_at", "changed_at"])
    row.context_terms.update(
        state=state, published_at=row.published_at, language=row.language, kind=row.kind
    )


def decided(
    row: Contribution, what: Decision.What, by: Member, note: str, reason: str = ""
) -> None:
    Decision.objects.create(
        contribution_id=row.pk,
        what=what,
        by=by,
        by_name=by.shown_name,
        note=note,
        reason=reason,
    )


def locked(contribution: Contribution) -> Contribution:
    # of=("self",): PostgreSQL cannot lock the nullable side of the author join.
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("author")
    locked: Contribution = rows.get(pk=contribution.pk)
    if locked.sealed_at is not None:
        # Sealed a moment ago, by `sealing`: nobody changes it here.
        raise NotAllowed
    return locked


def entry(
    kind: str, row: Contribution, by: Member | None, *, bulk: bool = False, **more: bool
) -> None:
    record(
        kind,
        subject_type="contribution",
        subject_id=row.pk,
        actor_id=by.pk if by else None,
        detail={"kind": row.kind, **more},
        bulk=bulk,
    )
