"""The whole experience on one page, for changing what was written screen by screen.
Used by the view that changes words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.contributions.content import Content
from exchange.contributions.forms import CleanText, OpenerForm
from exchange.contributions.models import Contribution, Experience


class ExperienceForm(OpenerForm):
    """A title, the six parts, and the context."""

    body = None  # type: ignore[assignment]
    faced = CleanText(label=_("What did you face?"), required=False, rows=5)
    did = CleanText(
        label=_("What did you do?"),
        rows=5,
        error_messages={"required": _("Please write a few words here; the rest can wait.")},
    )
    who_led = CleanText(label=_("Who led it?"), required=False, rows=3)
    changed = CleanText(label=_("What changed?"), required=False, rows=5)
    differently = CleanText(label=_("What would you do differently?"), required=False, rows=5)
    tell_others = CleanText(label=_("What would you tell others?"), required=False, rows=3)

    field_order = ("title", *(name for name, _heading in Experience.PARTS))

    @classmethod
    def initial_of(cls, contribution: Contribution) -> dict[str, Any]:
        initial = super().initial_of(contribution)
        initial.pop("body", None)
        parts = {name: getattr(contribution, name, "") for name, _h in Experience.PARTS}
        return {**initial, **parts}

    def content(self) -> Content:
        parts = {name: self.cleaned_data[name] for name, _heading in Experience.PARTS}
        return Content(title=self.cleaned_data["title"], parts=parts, **self.context())
