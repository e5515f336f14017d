"""The shape of what people type when they ask and share; text is cleaned here, at the door.
Used by views; mail and the API fill the same forms."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.content import Content
from exchange.contributions.models import Because, Contribution, Notice
from exchange.core import languages
from exchange.core.text import clean, clean_line
from exchange.core.time import now
from exchange.taxonomy import vocabulary

LONGEST_TEXT = 20_000
MOST_TOPICS = 5
NOTICE_DAYS = 366
USUAL_DAYS = 60


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


# A day, given by the phone's calendar or typed.
_A_DAY: dict[str, Any] = {
    "required": False,
    "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    "error_messages": {"invalid": _("Please give the day as year-month-day, like 2027-03-31.")},
}


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
    """A notice: what it is, whose, where and when, and until when it stands."""

    sort = forms.ChoiceField(
        label=_("What is it?"),
        required=False,
        choices=[("", _("something else")), *Notice.Sort.choices],
    )
    organisation = CleanLine(
        label=_("Whose notice is it?"),
        help_text=_(
            "Your organisation or group. If you look after its page here, the notice stands there"
            " as well."
        ),
        max_length=160,
        widget=_line(),
        error_messages={"required": _("Please say which organisation or group it is from.")},
    )
    place = CleanLine(
        label=_("Where"),
        help_text=_("A town, or “online”. No house and no street where children come."),
        required=False,
        max_length=160,
        widget=_line(),
    )
    starts_on = forms.DateField(
        label=_("On which day"),
        help_text=_("For what lasts longer: its first day. A call: the last day to answer."),
        **_A_DAY,
    )
    ends_on = forms.DateField(label=_("Its last day"), **_A_DAY)
    until = forms.DateField(
        label=_("Until which day should it stand?"),
        help_text=_(
            "It leaves the lists by itself after that day. If you leave it out: after its last day."
        ),
        **_A_DAY,
    )

    field_order = (
        "title",
        "sort",
        "organisation",
        "place",
        "starts_on",
        "ends_on",
        "body",
        "until",
    )

    @classmethod
    def initial_of(cls, contribution: Contribution) -> dict[str, Any]:
        ends = contribution.expires_at
        names = ("organisation", "sort", "place", "starts_on", "ends_on")
        return {
            **super().initial_of(contribution),
            **{name: getattr(contribution, name, "") for name in names},
            "until": ends.date() if ends else None,
        }

    def clean_ends_on(self) -> date | None:
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data["ends_on"]
        if last and not first:
            raise forms.ValidationError(_("Please give its first day too."))
        if first and last and last < first:
            raise forms.ValidationError(_("Its last day is before its first."))
        return last if last != first else None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        begins = given.get("starts_on")
        if given.get("sort") == Notice.Sort.EVENT and not begins and "starts_on" not in self.errors:
            self.add_error("starts_on", _("Please say on which day it is."))
        return given

    def clean_until(self) -> datetime:
        """The end of the chosen day, UTC; its last day, or sixty days, when nothing was said."""
        today = now().date()
        chosen: date | None = self.cleaned_data["until"]
        last = self.cleaned_data.get("ends_on") or self.cleaned_data.get("starts_on")
        usual = last if last and last >= today else today + timedelta(days=USUAL_DAYS)
        day = chosen or min(usual, today + timedelta(days=NOTICE_DAYS))
        if day < today:
            raise forms.ValidationError(_("That day has passed. Which day should it be?"))
        if day > today + timedelta(days=NOTICE_DAYS):
            raise forms.ValidationError(
                _("A notice stands for at most a year. You can put it up again then.")
            )
        return datetime.combine(day, time.max, tzinfo=UTC)

    def content(self) -> Content:
        given = self.cleaned_data
        return Content(
            title=given["title"],
            body=given["body"],
            organisation=given["organisation"],
            parts={"place": given["place"]},
            expires_at=given["until"],
            columns={name: given[name] for name in ("sort", "starts_on", "ends_on")},
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
