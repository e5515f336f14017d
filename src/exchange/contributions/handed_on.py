"""A text that a group hands on to the whole Exchange: a form of ours is opened with its words in it, and
its writer goes on from there, gates included. Registered with `hubs.handing` by hooks."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exchange.contributions import drafts
from exchange.core import ids
from exchange.hubs import handing
from exchange.members.models import Member


def register() -> None:
    """An experience has its own questions; the words stand under the first of them."""
    handing.register("experience", _("an experience"), _experience)
    handing.register("discussion", _("a discussion"), _plain("discussion"))
    handing.register("idea", _("an idea"), _plain("idea"))


def _plain(kind: str) -> handing.Begin:
    def begin(member: Member, title: str, body: str, language: str) -> str:
        key = _kept(member, kind, {"title": [title], "body": [body], "language": [language]})
        return f"{reverse(f'contributions:share-{kind}')}?draft={key}"

    return begin


def _experience(member: Member, title: str, body: str, language: str) -> str:
    key = _kept(member, "experience", {"title": [title], "did": [body], "language": [language]})
    return reverse("contributions:experience-step", args=[key, "title"])


def _kept(member: Member, kind: str, answers: dict[str, list[str]]) -> str:
    key = ids.new_id()
    drafts.keep(key=key, member=member, kind=kind, answers=answers)
    return key
