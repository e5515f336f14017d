"""Words that are not to stand any more, in texts that others wrote: they go out of every version.
Called by rooms whose texts hold words of several people; each verb is one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import override

from exchange.contributions import kinds, mails
from exchange.contributions.actions.rows import entry
from exchange.contributions.models import Contribution, Draft, State
from exchange.core import ids
from exchange.core.text import excerpt
from exchange.core.time import now

# Gives a text without the words, or as it is when they do not stand in it.
Cleaned = Callable[[str], str]
_EXCERPT = 200


def leave_out(*, contribution: Contribution, cleaned: Cleaned) -> bool:
    """The text as it stands, every earlier one, and what somebody is still writing about it. Also
    where it is sealed: it might be unsealed. Says whether anything was changed."""
    with transaction.atomic():
        row = _locked(contribution)
        changed = _leave_earlier(row, cleaned) | _leave_drafts(row, cleaned)
        body = cleaned(row.body)
        # An excerpt may end in the middle of the words; so it is made anew.
        summary = excerpt(body, _EXCERPT) if body != row.body else cleaned(row.summary)
        title = _title(row, cleaned)
        if (title, body, summary) == (row.title, row.body, row.summary):
            return changed
        begins = (title, summary[:300]) != (row.title, row.summary)
        row.body, row.summary, row.changed_at = body, summary[:300], now()
        if title != row.title:
            # Its address says the title once more.
            row.title, row.slug = title, ids.slug(title)
        # Whoever has the form open is told, and does not bring the words back.
        row.version += 1
        row.save(update_fields=["title", "slug", "body", "summary", "changed_at", "version"])
        if row.is_public:
            entry("contribution.revised", row, None)
            # What is told elsewhere is how it begins.
            entry("contribution.left_out", row, None, begins=begins)
    return True


def set_aside(*, contribution: Contribution) -> bool:
    """Out of view, and prepared anew by its hosts: nobody decided that it is bad, but it cannot
    stand as it is. What is sealed goes back to that when it is let back. Says whether anything
    changed."""
    with transaction.atomic():
        row = _locked(contribution)
        if row.sealed_at is not None:
            row.sealed_from = State.DRAFT
            row.save(update_fields=["sealed_from"])
            return True
        if row.state in (State.DRAFT, State.WITHDRAWN):
            return False
        row.state, row.changed_at = State.DRAFT, now()
        row.version += 1
        row.save(update_fields=["state", "changed_at", "version"])
        row.context_terms.update(state=State.DRAFT)
        mails.stop(mails.about(row.pk))
        entry("contribution.held", row, None)
    return True


def _title(row: Contribution, cleaned: Cleaned) -> str:
    """Where nothing is left of it, what it is: somebody gives it another."""
    with override(row.language):
        return cleaned(row.title).strip() or str(kinds.get(row.kind).label)


def _leave_earlier(row: Contribution, cleaned: Cleaned) -> bool:
    changed = False
    for old in row.revisions.all():
        title, body = cleaned(old.title), cleaned(old.body)
        parts = {name: cleaned(str(words)) for name, words in old.parts.items()}
        if (title, body, parts) != (old.title, old.body, old.parts):
            old.title, old.body, old.parts = title, body, parts
            old.save(update_fields=["title", "body", "parts"])
            changed = True
    return changed


def _leave_drafts(row: Contribution, cleaned: Cleaned) -> bool:
    changed = False
    for draft in Draft.objects.filter(about=row):
        answers: dict[str, Any] = {
            name: [cleaned(value) for value in values] for name, values in draft.answers.items()
        }
        if answers != draft.answers:
            draft.answers, draft.version = answers, draft.version + 1
            draft.save(update_fields=["answers", "version"])
            changed = True
    return changed


def _locked(contribution: Contribution) -> Contribution:
    rows = Contribution.objects.select_for_update(of=("self",), no_key=True)
    row: Contribution = rows.get(pk=contribution.pk)
    return row
