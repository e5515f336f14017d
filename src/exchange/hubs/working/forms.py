"""The shape of what members of a group type: meetings, points, words, decisions, tasks.
Used by the views of `working`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from exchange.core import cleaning, ids
from exchange.hubs.fields import Line, Text
from exchange.hubs.models import Space
from exchange.hubs.working.decisions import STANCES
from exchange.hubs.working.meetings import When
from exchange.hubs.working.papers import Written
from exchange.hubs.working.points import Task
from exchange.members.models import Member

LONGEST = 20_000
_DAY = "%Y-%m-%d"


def _day(**options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format=_DAY)
    return forms.DateField(widget=widget, required=False, **options)


class PaperForm(forms.Form):
    """Words of a paper. `noticed` are passages a gate wants their writer to look at first."""

    noticed: tuple[str, ...] = ()
    # Words of other fields that are judged with it.
    beside = ""

    def written(self) -> Written:
        given = self.cleaned_data
        return Written(
            title=given.get("title", ""),
            body=given.get("body", ""),
            why=given.get("why", ""),
            beside=str(given.get(self.beside, "")) if self.beside else "",
            insist=bool(self.data.get("insist")),
            once_key=ids.sent_back(self.data.get("once", "")),
        )


class PointForm(PaperForm):
    """A point for the agenda."""

    title = Line(label=_("The point in one line"), max_length=200)
    body = Text(label=_("What should we know about it?"), required=False, rows=3, max_length=4000)


class MeetingForm(PaperForm):
    """What the meeting is, its hour on the wall of the group's place, how long, where."""

    beside = "where"
    title = Line(label=_("What the meeting is about"), max_length=200)
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format=_DAY)
    )
    hour = forms.TimeField(
        label=_("Hour"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(
        label=_("How many minutes"), initial=60, min_value=5, max_value=600
    )
    where = Line(
        label=_("Where or how"),
        help_text=_("A place, or a link. Those inside alone see it."),
        required=False,
        max_length=300,
    )
    body = Text(label=_("Anything to prepare?"), required=False, rows=4, max_length=LONGEST)
    is_shown = forms.BooleanField(
        label=_("Show its hour on the public page of the hub"), required=False
    )

    def __init__(self, *positional: Any, space: Space, **options: Any) -> None:
        super().__init__(*positional, **options)
        if not space.is_hub:
            del self.fields["is_shown"]

    def when(self) -> When:
        given = self.cleaned_data
        wall = datetime.combine(given["day"], given["hour"].replace(second=0, microsecond=0))
        return When(wall, given["minutes"], given["where"], bool(given.get("is_shown")))


class OffForm(PaperForm):
    body = Line(label=_("Why? Those who are told read it."), required=False, max_length=300)


class NotesForm(PaperForm):
    """Notes of a meeting."""

    body = Text(
        label=_("Notes"),
        help_text=_("A line that begins with ## is a heading, one with - a point of a list."),
        rows=16,
        max_length=LONGEST,
    )


class DraftForm(PaperForm):
    """A text that several write."""

    title = Line(label=_("What it is called"), max_length=200)
    body = Text(
        label=_("The text"),
        help_text=_("A line that begins with ## is a heading, one with - a point of a list."),
        rows=16,
        max_length=LONGEST,
    )
    why = Line(label=_("What did you change, and why?"), required=False, max_length=200)


class DecisionForm(PaperForm):
    """What is to be decided."""

    title = Line(label=_("What do we decide?"), max_length=200)
    body = Text(
        label=_("What speaks for it, what are the ways?"), required=False, max_length=LONGEST
    )
    due_on = _day(label=_("Until when may people say what they think?"))


class StanceForm(PaperForm):
    """What somebody says to a decision."""

    choice = forms.ChoiceField(
        label=_("What do you say?"),
        choices=[(one.value, one.label) for one in STANCES],
        widget=forms.RadioSelect,
    )
    body = Text(
        label=_("In your words; a reason if you say: not yet"),
        required=False,
        rows=3,
        max_length=4000,
    )


class OutcomeForm(PaperForm):
    body = Text(label=_("What was decided, in words"), rows=5, max_length=LONGEST)


class TaskForm(PaperForm):
    """Who does what by when."""

    beside = "owner_name"
    title = Line(label=_("What is to be done?"), max_length=200)
    owner = forms.ChoiceField(label=_("Who does it?"), required=False)
    owner_name = Line(
        label=_("Or somebody else: a name the group knows"), required=False, max_length=80
    )
    due_on = _day(label=_("By when?"))
    body = Text(label=_("More about it"), required=False, rows=3, max_length=4000)

    def __init__(self, *positional: Any, people: list[Member], **options: Any) -> None:
        super().__init__(*positional, **options)
        self.people = {str(one.pk): one for one in people}
        choices = [("", "–"), *((pk, one.shown_name) for pk, one in self.people.items())]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]

    def task(self) -> Task:
        given = self.cleaned_data
        owner = self.people.get(given["owner"])
        return Task(owner, given["owner_name"], given["due_on"])


class VersionForm(PaperForm):
    """A file alone."""

    file = forms.FileField(
        label=_("The file, up to 12 MB"),
        help_text=_("PDF, Word, PowerPoint, OpenDocument, EPUB, sound, plain text or a picture."),
        error_messages={"required": _("Please choose a file first.")},
    )

    def __init__(self, *positional: Any, **options: Any) -> None:
        super().__init__(*positional, **options)
        self.fields["file"].widget.attrs["accept"] = cleaning.accepted()

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > settings.LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 12 MB."))
        return upload


class FileForm(VersionForm):
    """A file, and what it is."""

    title = Line(label=_("What is it?"), required=False, max_length=200)
