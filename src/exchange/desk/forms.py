"""The shape of a host's decision.
Used by the desk's views."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanText
from exchange.contributions.models import Decision

LONGEST_NOTE = 3000
_ANCHOR = re.compile(r"[a-z]+(-[0-9]+)?")


class DecisionForm(forms.Form):
    """What was decided about which version, and the note that goes with it."""

    what = forms.ChoiceField(
        choices=[
            (Decision.What.PUBLISH, _("publish")),
            (Decision.What.HOLD, _("hold")),
            (Decision.What.REWRITE, _("ask to rewrite")),
        ]
    )
    version = forms.IntegerField(min_value=1)
    seen = forms.IntegerField(min_value=0, required=False)
    following = forms.CharField(required=False, max_length=40)
    note = CleanText(
        label=_("Your note to the author"),
        required=False,
        rows=7,
        max_length=LONGEST_NOTE,
    )

    def clean_following(self) -> str:
        """The place on the page to go on at; anything else is left out."""
        given: str = self.cleaned_data["following"]
        return given if _ANCHOR.fullmatch(given) else ""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("what") != Decision.What.PUBLISH and not given.get("note"):
            self.add_error(
                "note", _("Please write a few kind words: they are all the author will see.")
            )
        return given


class DeliveryForm(forms.Form):
    """What becomes of a dead letter."""

    what = forms.ChoiceField(choices=[("retry", _("try again")), ("drop", _("let it go"))])
