"""Drafts: what somebody is still writing, kept on the server as typed, word by word.
Called by the views of contributions and conversation and by the draft address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from exchange.contributions import kinds
from exchange.contributions.errors import ChangedMeanwhile
from exchange.contributions.models import Contribution, Draft
from exchange.core.text import clean
from exchange.core.time import now
from exchange.members.models import Member

MOST_DRAFTS = 40
MOST_LETTERS = 60_000
NOT_WORDS = {"language", "countries", "setting", "mechanism", "leadership", "topics", "parent"}
NOT_WORDS |= {"space", "only_here", "shared_from"}
# The keys of forms that stand on a contribution's page, as exchange.js gives them.
_ABOUT = re.compile(r"(answer|revise)-([0-9]{1,15})-([0-9]{0,15})")


@dataclass(frozen=True)
class Unsent:
    """What stands under "You" for a draft: its first words, and where it goes on."""

    draft: Draft
    words: str
    url: str


def keep(
    *,
    key: str,
    member: Member,
    kind: str,
    answers: dict[str, list[str]],
    step: str = "",
    about: Contribution | None = None,
    version: int | None = None,
) -> Draft:
    """Keep what was typed under the form's key. Raises ChangedMeanwhile when another tab has
    kept newer words than `version` (None: whatever is there gives way)."""
    with transaction.atomic():
        draft, fresh = Draft.objects.select_for_update().get_or_create(
            key=key, member=member, defaults={"kind": kind, "about": about}
        )
        if not fresh and version is not None and version != draft.version:
            raise ChangedMeanwhile(draft.version)
        draft.answers = {**draft.answers, **_cleaned(answers)}
        draft.step = step or draft.step
        draft.version += 1
        draft.changed_at = now()
        draft.save()
        _drop_oldest(member)
    return draft


def of(member: Member, key: str) -> Draft | None:
    """The member's own draft of a key; other people's drafts do not exist for them."""
    return Draft.objects.filter(member=member, key=key).first()


def unfinished(member: Member) -> list[Unsent]:
    """What the member has not sent yet, the latest first."""
    drafts = list(Draft.objects.filter(member=member).order_by("-changed_at")[:20])
    abouts = {match[0]: match for draft in drafts if (match := _ABOUT.fullmatch(draft.key))}
    wanted = {int(match[2]) for match in abouts.values()}
    rows = Contribution.objects.visible_to(member).in_bulk(wanted) if wanted else {}
    shown = []
    for draft in drafts:
        about = abouts.get(draft.key)
        url = _about_address(about, rows) if about else _address(draft)
        words = _first_words(draft)
        if url and words:
            shown.append(Unsent(draft, words, url))
    return shown


def _first_words(draft: Draft) -> str:
    for name in ("title", "body", *draft.answers):
        words = " ".join((draft.answers.get(name) or [""])[0].split())
        if words and name not in NOT_WORDS:
            return words[:90]
    return ""


def _address(draft: Draft) -> str:
    if draft.kind == "experience":
        step = draft.step or "title"
        return reverse("contributions:experience-step", args=[draft.key, step])
    if draft.kind in kinds.slugs() and (page := kinds.get(draft.kind).continues):
        return reverse(page, args=[draft.key, draft.step or "start"])
    if draft.kind not in ("question", "idea", "discussion", "notice"):
        return ""
    name = "ask" if draft.kind == "question" else f"share-{draft.kind}"
    return f"{reverse(f'contributions:{name}')}?draft={draft.key}"


def _about_address(about: re.Match[str], rows: dict[int, Contribution]) -> str:
    row = rows.get(int(about[2]))
    if row is None:
        return ""
    if about[1] == "revise":
        return f"{reverse('contributions:revise', args=[row.pk])}?draft={about[0]}"
    to = f"&to={about[3]}" if about[3] else ""
    return f"{row.get_absolute_url()}?draft=1{to}#say"


def drop(*, key: str, member: Member) -> None:
    """The draft was sent, or its writer threw it away."""
    Draft.objects.filter(key=key, member=member).delete()


def _cleaned(answers: dict[str, list[str]]) -> dict[str, list[str]]:
    return {
        name[:40]: [clean(value)[:MOST_LETTERS] for value in values[:40]]
        for name, values in answers.items()
    }


def _drop_oldest(member: Member) -> None:
    surplus = Draft.objects.filter(member=member).order_by("-changed_at")[MOST_DRAFTS:]
    Draft.objects.filter(pk__in=[draft.pk for draft in surplus]).delete()
