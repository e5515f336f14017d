"""Writing down an experience, one question a screen: the steps, their forms and their order.
Used by the views that walk through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.content import Content
from exchange.contributions.forms import CleanLine, CleanText, ContextForm
from exchange.contributions.models import Draft, Experience

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Step:
    """One screen: its name in the address, the question, and a word of help."""

    name: str
    asks: str | _StrPromise
    helps: str | _StrPromise
    required: bool = False


STEPS = (
    Step(
        "title",
        _("What is your experience about, in one line?"),
        _("As you would tell a colleague: “The grandmothers restarted our committee”."),
        required=True,
    ),
    Step(
        "faced",
        _("What did you face?"),
        _("The situation in the community, in your own words. No names of children or villages."),
    ),
    Step("did", _("What did you do?"), _("Step by step, as it really was."), required=True),
    Step(
        "who_led",
        _("Who led it?"),
        _("Who decided, who did the work, who was asked, who was not."),
    ),
    Step("changed", _("What changed?"), _("Also small things, and what did not change.")),
    Step(
        "differently",
        _("What would you do differently?"),
        _("What failed is often what helps others most."),
    ),
    Step("tell_others", _("What would you tell others who try this?"), ""),
    Step("context", _("Where was it?"), _("So that people in a place like yours can find it.")),
)
NAMES = tuple(step.name for step in STEPS)
REVIEW = "review"


class TitleForm(forms.Form):
    """The first screen."""

    title = CleanLine(
        label=STEPS[0].asks,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Please give it one line, so that others can find it.")},
    )


def form_of(step: Step, answers: Any = None, initial: dict[str, Any] | None = None) -> forms.Form:
    """The form of a screen, bound to what was sent or filled with what was kept."""
    if step.name == "title":
        return TitleForm(answers, initial=initial)
    if step.name == "context":
        return ContextForm(answers, initial=initial)
    return _part_form(step)(answers, initial=initial)


def step_named(name: str) -> Step | None:
    return next((step for step in STEPS if step.name == name), None)


def of_answers(answers: Any) -> str:
    """The screen on which these were typed; "" when it cannot be told."""
    return next(
        (name for name in answers if name in NAMES), "context" if "setting" in answers else ""
    )


def place(name: str) -> int:
    """Which screen of how many, from 1."""
    return len(STEPS) + 1 if name == REVIEW else NAMES.index(name) + 1


def after(name: str) -> str:
    """The next screen's name; the last leads to the review."""
    following = NAMES.index(name) + 1
    return NAMES[following] if following < len(NAMES) else REVIEW


def before(name: str) -> str:
    """The screen before; "" at the first."""
    if name == REVIEW:
        return NAMES[-1]
    index = NAMES.index(name)
    return NAMES[index - 1] if index else ""


def initial_of(draft: Draft, step: Step) -> dict[str, Any]:
    """What was kept for a screen, as its form takes it."""
    kept = draft.answers
    if step.name == "context":
        return {
            name: (kept[name] if name == "topics" else kept[name][0])
            for name in ContextForm.base_fields
            if kept.get(name)
        }
    return {step.name: (kept.get(step.name) or [""])[0]}


def missing(draft: Draft) -> list[Step]:
    """Required screens that are still empty."""
    return [
        step for step in STEPS if step.required and not (draft.answers.get(step.name) or [""])[0]
    ]


def content_of(draft: Draft) -> Content:
    """Everything kept, as the submit action takes it."""
    context = ContextForm({**initial_of(draft, STEPS[-1])})
    given = context.context() if context.is_valid() else {}
    kept = {name: (values or [""])[0] for name, values in draft.answers.items()}
    return Content(
        title=kept.get("title", ""),
        parts={name: kept.get(name, "") for name, _heading in Experience.PARTS},
        **given,
    )


def _part_form(step: Step) -> type[forms.Form]:
    messages = {"required": _("Please write a few words here; the rest can wait.")}
    part = CleanText(
        label=step.asks,
        help_text=step.helps,
        required=step.required,
        rows=9,
        error_messages=messages,
    )
    return type("PartForm", (forms.Form,), {step.name: part})
