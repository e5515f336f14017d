"""What a host says of a recording.
Called by the hosts' pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.core.text import clean_line


class HearingForm(forms.Form):
    """Yes or no, and a word to the other hosts."""

    says = forms.ChoiceField(
        label=_("I have heard it. May it go out?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes or no.")},
    )
    note = forms.CharField(
        label=_("A word to the other hosts"),
        max_length=600,
        required=False,
        help_text=_("What troubles you, and at which minute. No child’s name here either."),
    )

    def clean_note(self) -> str:
        return clean_line(self.cleaned_data["note"])
