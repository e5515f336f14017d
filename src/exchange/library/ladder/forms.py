"""The shape of a short version; text is cleaned here, at the door.
Used by views."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from exchange.contributions.forms import CleanText
from exchange.core import languages
from exchange.core.text import clean_line
from exchange.core.words import number
from exchange.library.ladder.readability import words_of
from exchange.library.models import Rung

MOST_CHARACTERS = {"sentence": 200, "message": 700, "page": 6000}
MOST_WORDS = 500
_ROWS = {"sentence": 3, "message": 8, "page": 16}
_LABELS = {
    "sentence": _("What it says, in one sentence"),
    "message": _("What it says, as you would send it to a phone"),
    "page": _("What it says, on one page in plain words"),
}
_HELPS = {
    "sentence": _("At most 200 characters. Say what people can do with it."),
    "message": _(
        "At most 700 characters. It may be read aloud or forwarded: short sentences, no jargon."
    ),
    "page": _(
        "At most 500 words. Who it is for, what was found or advised, what to do first. "
        "A line that begins with “- ” becomes a list."
    ),
}


class RungForm(forms.Form):
    """One short version in one language."""

    body = CleanText(error_messages={"required": _("Please write a few words before you send.")})
    language = forms.ChoiceField(label=_("The language you write in"))

    def __init__(self, *positional: Any, length: str, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.length = length
        body = self.fields["body"]
        body.label, body.help_text = _LABELS[length], _HELPS[length]
        body.widget.attrs["rows"] = _ROWS[length]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, languages.OWN_NAMES.get(code) or languages.named(code))
            for code in languages.SPOKEN
        ]
        self.fields["language"].initial = languages.current()

    def clean_body(self) -> str:
        text: str = self.cleaned_data["body"]
        if self.length == Rung.Length.SENTENCE:
            text = clean_line(text)
        most = MOST_CHARACTERS[self.length]
        if len(text) > most:
            told = ngettext(
                "It has %(n)s character; at most %(most)s fit. What could go?",
                "It has %(n)s characters; at most %(most)s fit. What could go?",
                len(text),
            )
            raise forms.ValidationError(told % {"n": number(len(text)), "most": number(most)})
        count = len(words_of(text)) if self.length == Rung.Length.PAGE else 0
        if count > MOST_WORDS:
            told = ngettext(
                "It has %(n)s word; at most %(most)s fit on the page. What could go?",
                "It has %(n)s words; at most %(most)s fit on the page. What could go?",
                count,
            )
            raise forms.ValidationError(told % {"n": number(count), "most": number(MOST_WORDS)})
        return text
