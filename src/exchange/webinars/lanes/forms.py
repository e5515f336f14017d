"""The shape of what writers and leads type about lanes, and of what is sent as slides.
Used by the views of lanes; text is cleaned here, at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanLine, CleanText
from exchange.core import languages
from exchange.webinars.lanes import rules


class LineForm(forms.Form):
    """A sentence or two of what is said."""

    text = CleanLine(
        label=_("What is said, in a sentence"),
        max_length=rules.LONGEST_LINE,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Please write a few words before you send.")},
    )


class LaneForm(forms.Form):
    """A text for one more language."""

    language = forms.ChoiceField(label=_("Language"))
    is_interpreted = forms.BooleanField(
        label=_("It carries over what is said in another language"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["language"]
        named = [(code, languages.named(code)) for code in languages.SPOKEN]
        field.choices = sorted(named, key=lambda pair: pair[1])


class AboutLaneForm(forms.Form):
    """What its writers agreed on."""

    glossary = CleanText(
        label=_("Words you agreed on"),
        help_text=_("One a line, for example: mlinzi = guardian"),
        required=False,
        rows=3,
        max_length=rules.LONGEST_GLOSSARY,
    )
    is_interpreted = forms.BooleanField(
        label=_("It carries over what is said in another language"), required=False
    )


class SlideFileForm(forms.Form):
    """A file of slides."""

    file = forms.FileField(
        label=_("A file of slides"),
        help_text=_("PDF or PPTX, up to 12 MB and 60 slides. PDF keeps how they look."),
        widget=forms.FileInput(
            attrs={
                "accept": ".pdf,.pptx,application/pdf,"
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
        ),
    )
    language = forms.ChoiceField(label=_("Language of the slides"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["language"]
        named = [(code, languages.named(code)) for code in languages.SPOKEN]
        field.choices = sorted(named, key=lambda pair: pair[1])


class SlideWordsForm(forms.Form):
    """A slide of words alone."""

    title = CleanLine(label=_("Title"), max_length=200)
    text = CleanText(label=_("Words"), required=False, rows=4, max_length=rules.LONGEST_SLIDE)
