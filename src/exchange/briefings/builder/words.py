"""The words of an edition: subject, opening, the box of its hub or language, the message.
Changed by hosts' pages and the writing room; each verb is one transaction and one entry."""

from __future__ import annotations

from django.db import transaction

from exchange.briefings.builder.rows import changing, locked, must_build, must_pass, record_of
from exchange.briefings.models import Newsletter
from exchange.contributions import actions as contributions
from exchange.contributions.content import Content
from exchange.contributions.errors import ChangedMeanwhile
from exchange.contributions.judging import judged
from exchange.contributions.models import State
from exchange.members.models import Member

# Beside the opening; in this order the gates read them, and a passage finds its field.
BESIDE = ("local_title", "local", "message")


def content_of(edition: Newsletter, *, title: str, body: str, beside: dict[str, str]) -> Content:
    """These words as the spine takes them. What is not named stays as it is."""
    parts = {name: beside.get(name, getattr(edition, name)) for name in BESIDE}
    return contributions.content_of(edition, title=title, body=body, parts=parts)


def change_words(
    *,
    edition: Newsletter,
    title: str,
    body: str,
    by: Member,
    version: int,
    insist: bool = False,
    **beside: str,
) -> bool:
    """Other words; `beside` are local_title, local and message. Before it is sent they stand at
    once, and a release is taken back. Afterwards they change what stands in the archive, no mail;
    False when they wait for another host. Raises NotAllowed, Refused, Noticed, and
    ChangedMeanwhile when `version` is no longer the present one."""
    must_build(by)
    content = content_of(edition, title=title, body=body, beside=beside)
    _pass(content, by, insist=insist)
    with transaction.atomic():
        row = locked(edition)
        if row.version != version:
            raise ChangedMeanwhile(row.version)
        if row.is_built:
            row = changing(edition, by)
        if row.state != State.DRAFT:
            return contributions.revise(
                contribution=row, content=content, by=by, version=version, insist=insist
            )
        contributions.change_prepared(contribution=row, content=content, by=by)
        record_of("newsletter.changed", row, by)
    return True


def _pass(content: Content, by: Member, *, insist: bool) -> None:
    """The opening may wait for another host when the first insists. What stands beside it has no
    page where it could wait, so that it must pass."""
    judged(
        text=content.whole,
        title=content.title,
        kind="newsletter",
        language=content.language,
        author=by,
        origin="web",
        insist=insist,
    )
    if insist:
        beside = "\n\n".join(filter(None, content.parts.values()))
        must_pass(beside, by=by, language=content.language)
