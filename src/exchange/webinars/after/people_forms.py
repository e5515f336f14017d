"""What people type after the hour: what it was worth, what they tried, their name for a paper.
Used by `views.after_people`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanLine, CleanText
from exchange.webinars.after import certificates, opinions
from exchange.webinars.models import Tried

_FEW_LINES = 2000


class OpinionForm(forms.Form):
    """Three questions; the first is needed."""

    useful = forms.TypedChoiceField(
        label=_("What was the hour worth to you?"),
        choices=opinions.USEFUL,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    line_was = forms.ChoiceField(
        label=_("How well did it reach you?"),
        choices=opinions.LINES,
        required=False,
        widget=forms.RadioSelect,
    )
    words = CleanText(
        label=_("What should be different next time?"),
        help_text=_("Only the hosts read this. Please write no names."),
        required=False,
        rows=4,
        max_length=_FEW_LINES,
    )


class TriedForm(forms.Form):
    """What came of it; words are wished where something was tried."""

    what = forms.ChoiceField(
        label=_("Did you try something of it?"),
        choices=Tried.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    words = CleanText(
        label=_("What did you do, and what came of it?"),
        help_text=_(
            "A few lines are enough, also if it did not work. Please name no child and no family,"
            " and nothing by which they could be found."
        ),
        required=False,
        rows=5,
        max_length=_FEW_LINES,
    )


class CertificateForm(forms.Form):
    """The name on the paper; and that they were there, where nothing says so."""

    name = CleanLine(
        label=_("Your name, as it shall stand on the paper"),
        help_text=_(
            "Nobody but you sees it, neither hosts nor whoever checks the paper; they see the first"
            " letters. We forget it after 90 days."
        ),
        max_length=certificates.LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name", "dir": "auto"}),
    )
    was_there = forms.BooleanField(
        label=_("I took part in this webinar."),
        error_messages={"required": _("A certificate is for who took part.")},
    )

    def __init__(self, *positional: Any, has_come: bool, **named: Any) -> None:
        super().__init__(*positional, **named)
        if has_come:
            del self.fields["was_there"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not certificates.initials_of(name):
            raise forms.ValidationError(_("Please write a name in letters."))
        return name


class CheckForm(forms.Form):
    """A code, as somebody reads it off a paper."""

    code = CleanLine(
        label=_("The code on the paper"),
        help_text=_("Ten letters, such as ABCDE-FGHJK."),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
