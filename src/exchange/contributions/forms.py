"""The shape of what people type when they ask and share; text is cleaned here, at the door.
Used by views; mail and the API fill the same forms."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.content import Content
from exchange.contributions.models import Because, Contribution
from exchange.core import languages
from exchange.core.text import clean, clean_line
from exchange.core.time import now
from exchange.taxonomy import vocabulary

LONGEST_TEXT = 20_000
MOST_TOPICS = 5
NOTICE_DAYS = 180


class CleanLine(forms.CharField):
    """One line: cleaned of control marks, direction overrides and double spaces."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class CleanText(forms.CharField):
    """Several lines, cleaned; the text is kept exactly otherwise."""

    def __init__(self, **options: Any) -> None:
        rows = options.pop("rows", 8)
        options.setdefault("max_length", LONGEST_TEXT)
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


def _line(attributes: dict[str, str] | None = None) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **(attributes or {})})


def _with_nothing(pairs: list[tuple[str, str]], words: Any) -> list[tuple[str, Any]]:
    return [("", words), *pairs]


class ContextForm(forms.Form):
    """Where and how: what makes a contribution findable. Nothing here is required."""

    topics = forms.MultipleChoiceField(
        label=_("What it is about"),
        help_text=_("Up to five."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    countries = forms.ChoiceField(label=_("Which country"), required=False)
    setting = forms.ChoiceField(label=_("Where people live"), required=False)
    mechanism = forms.ChoiceField(label=_("Which group or way of working"), required=False)
    leadership = forms.ChoiceField(label=_("Who leads it"), required=False)
    language = forms.ChoiceField(label=_("The language you write in"), required=False)

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        nothing = _("I would rather not say")
        for name in ("topics", "countries", "setting", "mechanism", "leadership"):
            words = vocabulary.choices({"topics": "topic", "countries": "country"}.get(name, name))
            pairs = words if name == "topics" else _with_nothing(words, nothing)
            self.fields[name].choices = pairs  # type: ignore[attr-defined]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, languages.OWN_NAMES.get(code) or languages.named(code))
            for code in languages.SPOKEN
        ]
        self.fields["language"].initial = languages.current()

    def clean_topics(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["topics"]
        if len(chosen) > MOST_TOPICS:
            raise forms.ValidationError(_("Please choose at most five; which matter most?"))
        return chosen

    def context(self) -> dict[str, Any]:
        """The context as Content takes it."""
        given = self.cleaned_data
        return {
            "topics": tuple(given.get("topics") or ()),
            "countries": (given["countries"],) if given.get("countries") else (),
            "setting": given.get("setting") or "",
            "mechanism": given.get("mechanism") or "",
            "leadership": given.get("leadership") or "",
            "language": given.get("language") or languages.current(),
        }


class OpenerForm(ContextForm):
    """A title, the words, and the context: questions, ideas and discussions."""

    title = CleanLine(
        label=_("In one line"),
        max_length=200,
        widget=_line(),
        error_messages={"required": _("Please say it in one line, so that others can find it.")},
    )
    body = CleanText(
        label=_("Tell a little more"),
        required=False,
        help_text=_("What did you try? What is it like where you are?"),
    )

    field_order: tuple[str, ...] = ("title", "body")

    @classmethod
    def initial_of(cls, contribution: Contribution) -> dict[str, Any]:
        """What the form shows for a contribution that is being changed."""
        return {
            "title": contribution.title,
            "body": contribution.body,
            "topics": contribution.topic_slugs,
            "countries": " ".join(contribution.country_codes[:1]),
            "setting": contribution.setting,
            "mechanism": contribution.mechanism,
            "leadership": contribution.leadership,
            "language": contribution.language,
        }

    def content(self) -> Content:
        return Content(
            title=self.cleaned_data["title"], body=self.cleaned_data["body"], **self.context()
        )


class QuestionForm(OpenerForm):
    """A question."""

    title = CleanLine(
        label=_("Your question, in one line"),
        max_length=200,
        widget=_line(),
        error_messages={"required": _("Please write your question in one line.")},
    )


class NoticeForm(OpenerForm):
    """A notice: whose it is and until when it stands."""

    organisation = CleanLine(
        label=_("Whose notice is it?"),
        help_text=_("Your organisation or group."),
        max_length=160,
        widget=_line(),
        error_messages={"required": _("Please say which organisation or group it is from.")},
    )
    until = forms.DateField(
        label=_("Until which day should it stand?"),
        help_text=_("It leaves the lists by itself after that day."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give the day as year-month-day, like 2027-03-31.")},
    )

    field_order = ("title", "organisation", "body", "until")

    @classmethod
    def initial_of(cls, contribution: Contribution) -> dict[str, Any]:
        ends = contribution.expires_at
        return {
            **super().initial_of(contribution),
            "organisation": getattr(contribution, "organisation", ""),
            "until": ends.date() if ends else None,
        }

    def clean_until(self) -> datetime:
        """The end of the chosen day, UTC; sixty days when nothing was said."""
        day = self.cleaned_data["until"] or (now() + timedelta(days=60)).date()
        if day < now().date():
            raise forms.ValidationError(_("That day has passed. Which day should it be?"))
        if day > (now() + timedelta(days=NOTICE_DAYS)).date():
            raise forms.ValidationError(
                _("A notice stands for at most half a year. You can put it up again then.")
            )
        return datetime.combine(day, time.max, tzinfo=UTC)

    def content(self) -> Content:
        return Content(
            title=self.cleaned_data["title"],
            body=self.cleaned_data["body"],
            organisation=self.cleaned_data["organisation"],
            expires_at=self.cleaned_data["until"],
            **self.context(),
        )


FORMS: dict[str, type[OpenerForm]] = {
    "question": QuestionForm,
    "idea": OpenerForm,
    "discussion": OpenerForm,
    "notice": NoticeForm,
}


class WithdrawingForm(forms.Form):
    """What a host says when they take back somebody else's words."""

    reason = forms.ChoiceField(
        label=_("Why, for the record"),
        required=False,
        choices=[("", _("not said")), *Because.choices],
    )
    note = CleanText(
        label=_("A kind note to the author"),
        help_text=_("They are told by e-mail that it is withdrawn, with these words."),
        required=False,
        rows=4,
        max_length=3000,
    )
    recall = forms.BooleanField(
        label=_("Ask those who got mail about it to delete that mail"), required=False
    )
