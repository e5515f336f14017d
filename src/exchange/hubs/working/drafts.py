"""A text that several write: changes side by side when two came at once, versions compared in plain
words, handed on when it is ready. Called by pages; each change is one transaction."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from django.db import transaction

from exchange.core.time import now
from exchange.hubs import handing
from exchange.hubs import rules as belonging
from exchange.hubs.models.working import Paper, Revision
from exchange.hubs.working import papers
from exchange.hubs.working.errors import NotAllowed, NotNow
from exchange.members.models import Member

Choice = Paper.Choice


@dataclass(frozen=True)
class Line:
    """One line of a comparison: "same", "added" or "removed"."""

    what: str
    text: str


def compared(old: str, new: str) -> list[Line]:
    """Line by line, what came and what went; of what stayed only what stands beside a change."""
    before, after = old.splitlines(), new.splitlines()
    lines: list[Line] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for group in matcher.get_grouped_opcodes(2):
        if lines:
            lines.append(Line("gap", ""))
        for code, a, b, c, d in group:
            if code == "equal":
                lines += [Line("same", text) for text in before[a:b]]
                continue
            lines += [Line("removed", text) for text in before[a:b] if text.strip()]
            lines += [Line("added", text) for text in after[c:d] if text.strip()]
    return lines


def writers(draft: Paper) -> list[Member]:
    """Everybody whose words are in it, the first first."""
    rows = Revision.objects.filter(paper=draft, is_held=False).exclude(by=None)
    found: dict[int, Member] = {}
    for row in rows.select_related("by").order_by("version"):
        if row.by is not None:
            found[row.by.pk] = row.by
    return list(found.values())


def make_ready(draft: Paper, *, by: Member, is_ready: bool) -> Paper:
    """It is whole, or is worked on again. Raises NotAllowed."""
    if not belonging.may_write(by, draft.space_id) or not draft.is_out:
        raise NotAllowed
    return papers.settle(draft, by=by, is_settled=is_ready)


def consent(draft: Paper, *, by: Member, agrees: bool) -> None:
    """Whether somebody whose words are in it wants it handed on. Raises NotAllowed, NotNow."""
    if by.pk not in {one.pk for one in writers(draft)}:
        raise NotAllowed
    if not draft.is_settled:
        raise NotNow("not-ready")
    choice = Choice.AGREE if agrees else Choice.NOT_YET
    with transaction.atomic():
        Paper.objects.update_or_create(
            parent=draft,
            author=by,
            kind=Paper.Kind.STANCE,
            defaults={"space": draft.space, "choice": choice, "changed_at": now()},
        )


def agreeing(draft: Paper) -> set[int]:
    """Who said yes since the text last changed."""
    rows = Paper.objects.filter(parent=draft, kind=Paper.Kind.STANCE, choice=Choice.AGREE)
    since = rows.filter(changed_at__gte=draft.changed_at)
    return set(since.values_list("author_id", flat=True))


def hand_on(draft: Paper, *, by: Member, way: str) -> str:
    """The address of the form in which a host goes on with it for the whole Exchange; only when
    everybody whose words are in it said yes. Raises NotAllowed, NotNow."""
    if not belonging.hosts(by, draft.space_id) or not draft.is_out:
        raise NotAllowed
    known = agreeing(draft) | {by.pk}
    if not draft.is_settled or any(one.pk not in known for one in writers(draft)):
        raise NotNow("not-agreed")
    address = handing.begin(by, way, title=draft.title, body=draft.body, language=draft.language)
    if not address:
        raise NotNow("no-way")
    with transaction.atomic():
        papers.tell(draft, "handed_on", by)
    return address
