"""What a gate noticed, made ready for the writer: each passage in its field, with words around it.
Called by the views of contributions and conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.forms import Form
from django.urls import reverse

from exchange.contributions import experience_steps as steps
from exchange.contributions.content import Content
from exchange.contributions.errors import Noticed
from exchange.core.gates import Reason

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

AROUND = 40
MOST_SHOWN = 12


@dataclass(frozen=True)
class Passage:
    """One thing that was noticed: why, where, and the words with a little of what is around."""

    code: str
    label: str | _StrPromise
    address: str
    before: str
    marked: str
    after: str


def passages(noticed: Noticed, content: Content, form: Form) -> list[Passage]:
    """The passages with links to the fields of the form they were typed in."""

    def place(name: str) -> tuple[str | _StrPromise, str]:
        if name not in form.fields:
            return "", "#id_title"
        return form[name].label, f"#{form[name].auto_id}"

    return _passages(noticed, content, place)


def passages_of_steps(noticed: Noticed, content: Content, key: str) -> list[Passage]:
    """The passages with links to the screens of an experience they were typed on."""

    def place(name: str) -> tuple[str | _StrPromise, str]:
        step = steps.step_named(name) or steps.STEPS[0]
        return step.asks, reverse("contributions:experience-step", args=[key, step.name])

    return _passages(noticed, content, place)


def passages_at(
    noticed: Noticed, content: Content, place: Callable[[str], tuple[str | _StrPromise, str]]
) -> list[Passage]:
    """The passages, for a room with screens of its own: `place` gives a field's question and
    address."""
    return _passages(noticed, content, place)


def passages_of_body(noticed: Noticed, form: Form) -> list[Passage]:
    """The passages of an answer, which is one field."""
    return passages(noticed, Content(title="", body=form.cleaned_data["body"]), form)


def _passages(
    noticed: Noticed,
    content: Content,
    place: Callable[[str], tuple[str | _StrPromise, str]],
) -> list[Passage]:
    shown = []
    for reason in noticed.reasons[:MOST_SHOWN]:
        name, start, end = _where(reason, content)
        label, address = place(name)
        words = content.words_of(name)
        before, after = words[max(0, start - AROUND) : start], words[end : end + AROUND]
        cut = "…" if start > AROUND else ""
        more = "…" if end + AROUND < len(words) else ""
        shown.append(
            Passage(reason.code, label, address, cut + before, words[start:end], after + more)
        )
    return shown


def _where(reason: Reason, content: Content) -> tuple[str, int, int]:
    if reason.field == "title":
        return "title", reason.start, reason.end
    return content.place_of(reason.start, reason.end)
