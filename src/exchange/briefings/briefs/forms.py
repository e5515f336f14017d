"""The shape of what a host types of a brief: the page, the message, where it belongs, when to look
again. Used by the views of briefs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.briefings.briefs.composing import LONGEST_MESSAGE
from exchange.briefings.models import Brief
from exchange.contributions.content import Content
from exchange.contributions.forms import MOST_TOPICS, CleanLine, CleanText
from exchange.core import languages
from exchange.core.time import now
from exchange.taxonomy import vocabulary

REVIEW_AFTER = timedelta(days=365)


class WordsForm(forms.Form):
    """The whole brief on one page."""

    title = CleanLine(
        label=_("What it is called"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Please give it a name, so that others can find it.")},
    )
    body = CleanText(
        label=_("The page"),
        help_text=_("Short is best. ## begins a heading, > a quotation, - a point of a list."),
        rows=18,
        error_messages={"required": _("Please write a few words before you keep it.")},
    )
    message = CleanText(
        label=_("The same as a message"),
        help_text=_("For a chat or an SMS, up to 900 letters. The address is added by itself."),
        required=False,
        rows=5,
        max_length=LONGEST_MESSAGE,
    )
    credit = CleanLine(
        label=_("Who is thanked"),
        help_text=_("Left empty, it is made from those who agree."),
        required=False,
        max_length=600,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    review_on = forms.DateField(
        label=_("When to look whether it still holds"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give the day as year-month-day, like 2027-03-31.")},
    )
    language = forms.ChoiceField(label=_("The language you write in"))
    hub = forms.ChoiceField(label=_("Which hub"), required=False)
    topics = forms.MultipleChoiceField(
        label=_("What it is about"),
        help_text=_("Up to five."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    countries = forms.MultipleChoiceField(
        label=_("Which countries"), required=False, widget=forms.CheckboxSelectMultiple
    )

    FIRST = ("title", "body", "message")

    def __init__(self, *positional: Any, countries: Iterable[str] = (), **named: Any) -> None:
        super().__init__(*positional, **named)
        some: Any = self.fields
        some["language"].choices = [
            (code, languages.OWN_NAMES.get(code) or languages.named(code))
            for code in languages.SPOKEN
        ]
        some["hub"].choices = [("", _("for everybody")), *vocabulary.choices("region")]
        some["topics"].choices = vocabulary.choices("topic")
        codes = sorted(set(countries))
        some["countries"].choices = [(code, vocabulary.country_name(code)) for code in codes]
        if not codes:
            del some["countries"]

    def clean_topics(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["topics"]
        if len(chosen) > MOST_TOPICS:
            raise forms.ValidationError(_("Please choose at most five; which matter most?"))
        return chosen

    @property
    def first(self) -> list[Any]:
        return [self[name] for name in self.FIRST]

    @property
    def further(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in self.FIRST]

    @property
    def is_further_open(self) -> bool:
        return any(field.errors for field in self.further)

    def content(self) -> Content:
        given = self.cleaned_data
        return Content(
            title=given["title"],
            body=given["body"],
            language=given["language"],
            topics=tuple(given["topics"]),
            countries=tuple(given.get("countries") or ()),
        )

    def others(self) -> dict[str, Any]:
        """What a brief keeps beside its words."""
        return {name: self.cleaned_data[name] for name in ("message", "credit", "hub", "review_on")}


class ReviewForm(forms.Form):
    """The next day to look at it."""

    review_on = forms.DateField(
        label=_("When to look again"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give the day as year-month-day, like 2027-03-31.")},
    )


def in_a_year() -> Any:
    return (now() + REVIEW_AFTER).date()


def initial_of(brief: Brief) -> dict[str, Any]:
    """What the form shows of a brief that is being changed."""
    return {
        "title": brief.title,
        "body": brief.body,
        "message": brief.message,
        "credit": brief.credit,
        "review_on": brief.review_on,
        "language": brief.language,
        "hub": brief.hub,
        "topics": brief.topic_slugs,
        "countries": brief.country_codes,
    }
