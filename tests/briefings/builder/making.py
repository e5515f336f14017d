"""What tests of newsletters begin with: things people shared, and an issue.
Called by the tests of building, of the archive and of sending."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from exchange.briefings.builder import actions
from exchange.briefings.models import Issue
from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, State
from exchange.core.time import now
from exchange.members.models import Member

WORDS = "We met under the tree every week, and wrote down what the elders said."


def shared(kind: str, author: Member, title: str, **columns: Any) -> Contribution:
    """Something published yesterday unless said; `columns` are written into its row as they are."""
    words = columns.pop("words", WORDS)
    content = Content(
        title=title,
        body="" if kind == "experience" else words,
        language=columns.pop("language", "en"),
        countries=columns.pop("countries_of", ()),
        parts={"faced": words, "did": words} if kind == "experience" else {},
        summary=words,
    )
    row = submit(kind=kind, content=content, author=author, insist=True)
    given = {"published_at": now() - timedelta(days=1), **columns}
    Contribution.objects.filter(pk=row.pk).update(**given)
    return Contribution.objects.get(pk=row.pk)


def many(kind: str, author: Member, titles: Iterable[str], **columns: Any) -> list[Contribution]:
    """A great many, published one minute after another up to yesterday, written as rows at once."""
    newest = now() - timedelta(days=1)
    rows = [
        Contribution(
            kind=kind,
            author=author,
            title=title,
            slug="text",
            summary=WORDS,
            state=State.PUBLISHED,
            published_at=newest - timedelta(minutes=place),
            **columns,
        )
        for place, title in enumerate(titles)
    ]
    return list(Contribution.objects.bulk_create(rows, batch_size=1000))


def begun(
    by: Member,
    *,
    languages: tuple[str, ...] = ("en",),
    hubs: tuple[tuple[str, str], ...] = (),
    needs_two: bool = False,
) -> Issue:
    """An issue of the last thirty days."""
    today = now().date()
    return actions.begin(
        name="November 2026",
        since=today - timedelta(days=30),
        until=today,
        languages=languages,
        hubs=hubs,
        by=by,
        needs_two=needs_two,
    )
