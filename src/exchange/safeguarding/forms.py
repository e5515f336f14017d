"""The shape of a report, and of what lead and deputies write into a case.
Used by this room's views."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanText
from exchange.members.forms import AddressField
from exchange.members.models import Member
from exchange.safeguarding.actions.handling import WRITTEN_BY_HAND
from exchange.safeguarding.actions.reporting import LONGEST_WORDS
from exchange.safeguarding.models import Case, CaseEntry, Kind

LONGEST_TEXT = 8000


class ReportForm(forms.Form):
    """One of five kinds; everything else may be left empty."""

    kind = forms.ChoiceField(choices=Kind.choices)
    words = CleanText(
        label=_("In a few words"),
        required=False,
        rows=3,
        max_length=LONGEST_WORDS,
        help_text=_("No names of children, please: only what we should look at."),
    )

    def __init__(
        self, *args: Any, reader: Member | None, handlers: list[Member], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if reader is None:
            self.fields["address"] = AddressField(
                label=_("Your e-mail address, to be told the outcome"),
                required=False,
                help_text=_("Used once for that, then forgotten."),
            )
        else:
            self.fields["tell_me"] = forms.BooleanField(
                label=_("Tell me the outcome by e-mail"), required=False
            )
        others = [(one.pk, one.shown_name) for one in handlers]
        if others:
            self.fields["involves"] = forms.TypedMultipleChoiceField(
                label=_("Is it about somebody who looks after safeguarding here?"),
                choices=others,
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Then they will not see what you send."),
            )

    @property
    def more(self) -> list[forms.BoundField]:
        """What may be added to the choice."""
        return [self[name] for name in self.fields if name != "kind"]


class EntryForm(forms.Form):
    """A line for the log."""

    what = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(what.value, CaseEntry.What(what).label) for what in WRITTEN_BY_HAND],
    )
    text = CleanText(label=_("Facts: who, what, when"), rows=4, max_length=LONGEST_TEXT)


class MessageForm(forms.Form):
    """A private word to whoever wrote it."""

    message = CleanText(label=_("Your message"), rows=6, max_length=LONGEST_TEXT)


class DecisionForm(forms.Form):
    """What becomes of the thing itself."""

    decision = forms.ChoiceField(
        choices=[("stand", _("let it stand")), ("hide", _("hide")), ("withdraw", _("withdraw"))]
    )
    why = CleanText(label=_("Why, in a line"), required=False, rows=2, max_length=LONGEST_TEXT)


class HandoverForm(forms.Form):
    """To whom, and where things stand."""

    to = forms.TypedChoiceField(label=_("Who goes on?"), coerce=int)
    where = CleanText(
        label=_("Where things stand, what comes next"), rows=4, max_length=LONGEST_TEXT
    )

    def __init__(self, *args: Any, others: list[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(one.pk, one.shown_name) for one in others]
        self.fields["to"] = forms.TypedChoiceField(
            label=_("Who goes on?"), choices=choices, coerce=int
        )


class ClosureForm(forms.Form):
    """How it ended."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"), choices=Case.Outcome.choices, widget=forms.RadioSelect
    )
    summary = CleanText(
        label=_("What should stand in the log"), required=False, rows=3, max_length=LONGEST_TEXT
    )
