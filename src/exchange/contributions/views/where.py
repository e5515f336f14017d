"""Where something that is being written will go: everywhere, into a hub as well, or to a group alone.
Kept with the words through drafts, sign-in and errors. Called by the writing pages alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from exchange.contributions.rules import may_share_in
from exchange.hubs.models import Space
from exchange.members.doors import unsent
from exchange.members.models import Member

# The fields of the form; they are no words of the writer.
FIELDS = ("space", "only_here")


@dataclass(frozen=True)
class Where:
    """A space and whether the words are for its members alone; no space means everywhere. With
    `is_shut` they cannot write there any more: the words stay in the form, and go nowhere else."""

    space: Space | None = None
    is_inside: bool = False
    is_shut: bool = False

    @property
    def may_choose(self) -> bool:
        """In a regional hub one chooses; what is written in a working group stays there."""
        return self.space is not None and self.space.is_hub and not self.is_shut


def where_of(request: HttpRequest, answers: Mapping[str, Any] | None = None) -> Where:
    """From what was sent, kept over a sign-in or as a draft, or asked for by the address. Raises
    Http404 when the address names a space in which this reader may not write."""
    given = _given(request, answers)
    slug = _first(given.get("space"))[:60]
    if not slug:
        return Where()
    space = Space.objects.filter(slug=slug).first()
    reader = request.user if isinstance(request.user, Member) else None
    is_theirs = reader is not None and may_share_in(reader, space, is_inside=True)
    if space is None or not (is_theirs or given is not request.GET):
        raise Http404
    return Where(space, is_inside=_is_inside(given, space), is_shut=not is_theirs)


def _given(request: HttpRequest, answers: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if request.method == "POST" and "space" in request.POST:
        return request.POST
    if answers and answers.get("space"):
        return answers
    kept = unsent(request)
    return kept if kept.get("space") else request.GET


def _is_inside(given: Mapping[str, Any], space: Space) -> bool:
    """A working group's words stay there. In a hub, what was chosen; else inside when nobody is to
    look over a shoulder."""
    if not space.is_hub:
        return True
    if "only_here" in given:
        return _first(given["only_here"]) == "1"
    return space.is_sensitive


def _first(value: object) -> str:
    if isinstance(value, list | tuple):
        return str(value[0]) if value else ""
    return str(value or "")
