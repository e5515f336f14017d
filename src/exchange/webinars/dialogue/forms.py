"""The shape of what people type in the dialogue; text is cleaned here, at the door.
Used by the views; mail and the script fill the same forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanLine, CleanText
from exchange.core import languages
from exchange.webinars.dialogue import rules

_MOST_CHOICES = 6


class WordsForm(forms.Form):
    """A few words and the language they are in; an unknown one is the page's own."""

    text = CleanText(
        label=_("Your words"),
        max_length=rules.LONGEST_QUESTION,
        rows=3,
        error_messages={"required": _("Please write a few words before you send.")},
    )
    language = forms.CharField(required=False, widget=forms.HiddenInput)

    def language_given(self) -> str:
        given = self.data.get("language", "")
        return given if given in languages.SPOKEN else languages.current()


class AskForm(WordsForm):
    """A question to the presenters."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = _("Your question to the presenters")
        self.fields["text"].help_text = _("No names of children, please. A helper reads it first.")


class SayForm(WordsForm):
    """A line of the chat."""

    text = CleanText(
        label=_("Your words to everybody"),
        max_length=rules.LONGEST_LINE,
        rows=2,
        error_messages={"required": _("Please write a few words before you send.")},
    )


class GistForm(WordsForm):
    """What was answered, in short; it may stay empty."""

    text = CleanText(
        label=_("What was answered, in short"),
        max_length=rules.LONGEST_GIST,
        rows=3,
        required=False,
    )


class DeclineForm(forms.Form):
    """Why a question is not taken up, in a kind sentence to the one who asked."""

    why = forms.ChoiceField(required=False, choices=[(code, "") for code in rules.KIND_WORDS])
    note = CleanLine(required=False, max_length=rules.LONGEST_NOTE)

    def words(self, language: str) -> str:
        """In the asker's language, unless the helper wrote their own."""
        given = self.cleaned_data
        return given.get("note") or rules.kind_words(given.get("why", ""), language)


class PollForm(forms.Form):
    """A question and two to six choices, one a field, so that it can be filled on a phone."""

    question = CleanLine(label=_("What do you ask everybody?"), max_length=300)
    language = forms.CharField(required=False, widget=forms.HiddenInput)
    shows_counts = forms.BooleanField(
        label=_("Show the counts while people choose"), required=False, initial=True
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, _MOST_CHOICES + 1):
            label = _("Choice %(n)d") % {"n": number}
            self.fields[f"choice_{number}"] = CleanLine(
                label=label, max_length=120, required=number <= rules.FEWEST_CHOICES
            )

    field_order = ("question", *(f"choice_{number}" for number in range(1, 7)), "shows_counts")

    def choices(self) -> list[str]:
        given = [self.cleaned_data.get(f"choice_{n}", "") for n in range(1, _MOST_CHOICES + 1)]
        return [one for one in given if one]

    def language_given(self) -> str:
        given = self.data.get("language", "")
        return given if given in languages.SPOKEN else languages.current()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not rules.is_poll(given["question"], self.choices()):
            raise forms.ValidationError(_("Please give each choice words of its own."))
        return given


class WordForm(forms.Form):
    """A line of the team at the top of every live page; empty takes it away."""

    word = CleanLine(label=_("A word to everybody"), required=False, max_length=300)
