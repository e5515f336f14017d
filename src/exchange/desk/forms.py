"""The shape of a host's decision.
Used by the desk's views."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanText
from exchange.contributions.models import Because, Decision
from exchange.core.time import now
from exchange.desk.words import KINDS
from exchange.members.models import Pause
from exchange.members.rules import is_end_of_pause

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
    reason = forms.ChoiceField(
        label=_("Why, for the record"),
        help_text=_("The author reads your note, not this."),
        required=False,
        choices=[("", _("not said")), *Because.choices],
    )
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


class PauseForm(forms.Form):
    """How long somebody does not write, and why."""

    LENGTHS = (
        ("24", _("24 hours")),
        ("72", _("3 days")),
        ("168", _("7 days")),
        ("720", _("30 days")),
        ("day", _("until a day you choose")),
    )
    length = forms.ChoiceField(label=_("How long"), choices=LENGTHS)
    day = forms.DateField(
        label=_("The day it ends"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    why = forms.ChoiceField(label=_("Why, for the record"), choices=Pause.Why.choices)
    note = CleanText(
        label=_("A few kind words to them"),
        help_text=_("They are told by e-mail until when they cannot write, with these words."),
        required=False,
        rows=4,
        max_length=LONGEST_NOTE,
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        length = given.get("length")
        if length == "day":
            if given.get("day"):
                given["until"] = datetime.combine(given["day"], time.max, tzinfo=UTC)
                if not is_end_of_pause(given["until"], now()):
                    self.add_error("day", _("Please choose a day from today on, within a year."))
            elif "day" not in self.errors:
                self.add_error("day", _("Please say on which day it ends."))
        elif length:
            given["until"] = now() + timedelta(hours=int(length))
        return given


class AskingForm(forms.Form):
    """What an author says to the other host; nothing need be said."""

    words = CleanText(
        label=_("What should the other host know?"), required=False, rows=5, max_length=LONGEST_NOTE
    )


class SettlingForm(forms.Form):
    """What another host decides."""

    what = forms.ChoiceField(choices=[("let_out", _("let out")), ("stays", _("leave as it was"))])
    note = CleanText(
        label=_("Your note to the author"), required=False, rows=5, max_length=LONGEST_NOTE
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("what") == "stays" and not given.get("note"):
            self.add_error("note", _("Please say why, in a few kind words."))
        return given


class HoldingForm(forms.Form):
    """What whoever asked is told while nobody has answered."""

    body = CleanText(label=_("Your words"), rows=10, max_length=LONGEST_NOTE)


class LogForm(forms.Form):
    """Whose decisions, and of which sort. What nobody knows narrows nothing."""

    by = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    what = forms.ChoiceField(required=False, choices=lambda: [("", ""), *KINDS])


class DeliveryForm(forms.Form):
    """What becomes of a dead letter."""

    what = forms.ChoiceField(choices=[("retry", _("try again")), ("drop", _("let it go"))])
