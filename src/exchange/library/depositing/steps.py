"""Adding a record, one question a screen: the screens, their order, and the record they add up to.
Used by the views that walk through them; asks the database nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from exchange.contributions.models import Draft
from exchange.library.depositing import fields
from exchange.library.depositing.fields import Question
from exchange.library.records import Record

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Step:
    """One screen: its name in the address, the question, its fields, and a word of help."""

    name: str
    asks: str | _StrPromise
    form: type[Question]
    helps: str | _StrPromise = ""
    required: bool = False


STEPS = (
    Step(
        "source",
        _("Where is it?"),
        fields.SourceForm,
        _("A file on this phone, a page on the web, or both. Only on paper? Just go on."),
    ),
    Step("title", _("What is it called?"), fields.TitleForm, required=True),
    Step("people", _("Who made it?"), fields.MakersForm),
    Step("date", _("When is it from?"), fields.WhenForm),
    Step("kind", _("What kind of record is it?"), fields.KindForm, required=True),
    Step("place", _("Which place is it about?"), fields.PlaceForm, required=True),
    Step("topics", _("Which topics is it about?"), fields.TopicsForm, required=True),
    Step("words", _("What would you tell a colleague about it?"), fields.WordsForm),
    Step(
        "more",
        _("A little more, if you know it"),
        fields.MoreForm,
        _("It helps people in a place like yours to find it."),
    ),
    Step("rights", _("May we keep it?"), fields.RightsForm),
)
NAMES = tuple(step.name for step in STEPS)
FIRST = NAMES[0]
TWINS = "twins"
REVIEW = "review"


def step_named(name: str) -> Step | None:
    return next((step for step in STEPS if step.name == name), None)


def place(name: str) -> int:
    """Which screen of how many, from 1; the twins of a title stand with the title."""
    if name == TWINS:
        return place("title")
    return len(STEPS) + 1 if name == REVIEW else NAMES.index(name) + 1


def after(name: str) -> str:
    """The next screen's name; the last leads to the review."""
    following = NAMES.index("title" if name == TWINS else name) + 1
    return NAMES[following] if following < len(NAMES) else REVIEW


def before(name: str) -> str:
    """The screen before; "" at the first."""
    if name == REVIEW:
        return NAMES[-1]
    if name == TWINS:
        return "title"
    index = NAMES.index(name)
    return NAMES[index - 1] if index else ""


def initial_of(draft: Draft, step: Step) -> dict[str, Any]:
    """What was kept for a screen, as its form takes it."""
    given: dict[str, Any] = {}
    for name, field in step.form.base_fields.items():
        values = draft.answers.get(name)
        if values:
            many = getattr(field.widget, "allow_multiple_selected", False)
            given[name] = list(values) if many else values[-1]
    return given


def bound(answers: dict[str, list[str]], step: Step) -> Question:
    """The form of a screen with what was kept for it."""
    return step.form(MultiValueDict(answers))


def unready(draft: Draft) -> list[Step]:
    """Screens that still need something before the record can be sent."""
    return [step for step in STEPS if not bound(draft.answers, step).is_valid()]


def record_of_answers(answers: dict[str, list[str]]) -> Record:
    """Everything kept that can be read, as a record."""
    said: dict[str, Any] = {"title": ""}
    for step in STEPS:
        form = bound(answers, step)
        if form.is_valid():
            said.update(form.said())
    return Record(**said)


def answer(draft: Draft, name: str) -> str:
    """One answer as it was kept; "" when there is none. Of several the last, as forms read them."""
    return str((draft.answers.get(name) or [""])[-1])
