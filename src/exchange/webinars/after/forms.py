"""What hosts type after the hour: the summary, and who answers an open question by when.
Used by the views of this matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.content import Content
from exchange.contributions.forms import CleanText
from exchange.core.time import now
from exchange.webinars.after.opening import DAYS_TO_ANSWER
from exchange.webinars.models import Presenter, Summary

LONGEST = 20_000


class SummaryForm(forms.Form):
    """The hour in short."""

    takeaways = CleanText(
        label=_("What to take away"),
        help_text=_("At most five, each on a line of its own."),
        required=False,
        rows=5,
        max_length=1500,
    )
    text = CleanText(label=_("The summary"), rows=14, max_length=LONGEST)

    @staticmethod
    def initial_of(summary: Summary) -> dict[str, str]:
        return {"takeaways": summary.takeaways, "text": summary.text}

    def content(self, language: str) -> Content:
        """The words in the shape in which noticed passages are found again."""
        given = self.cleaned_data
        return Content(
            title="",
            body=given["text"],
            language=language,
            parts={"takeaways": given["takeaways"]},
        )


class OpeningForm(forms.Form):
    """Let one question go on: who is asked, and by when."""

    presenter = forms.ChoiceField(label=_("Who is asked to answer"), required=False)
    due_on = forms.DateField(
        label=_("By which day"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )

    def __init__(self, *positional: Any, presenters: Sequence[Presenter], **named: Any) -> None:
        super().__init__(*positional, **named)
        self._presenters = {str(one.pk): one for one in presenters}
        field: Any = self.fields["presenter"]
        names = [(key, one.name) for key, one in self._presenters.items()]
        field.choices = [("", _("nobody by name")), *names]
        self.fields["due_on"].initial = (now() + timedelta(days=DAYS_TO_ANSWER)).date()

    def clean_presenter(self) -> Presenter | None:
        return self._presenters.get(self.cleaned_data["presenter"])

    def clean_due_on(self) -> date | None:
        given: date | None = self.cleaned_data["due_on"]
        if given is not None and given <= now().date():
            raise forms.ValidationError(_("Please choose a day to come."))
        return given
