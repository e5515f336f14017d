"""The shape of an answer; text is cleaned here, at the door.
Used by views; mail and the API fill the same form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import LONGEST_TEXT, CleanText
from exchange.core import languages


class AnswerForm(forms.Form):
    """An answer, or a word to an answer."""

    body = CleanText(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        rows=6,
        error_messages={"required": _("Please write a few words before you send.")},
    )
    language = forms.ChoiceField(label=_("The language you write in"), required=False)

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, languages.OWN_NAMES.get(code) or languages.named(code))
            for code in languages.SPOKEN
        ]
        self.fields["language"].initial = languages.current()

    def language_given(self) -> str:
        return self.cleaned_data.get("language") or languages.current()
