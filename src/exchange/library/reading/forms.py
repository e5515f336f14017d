"""The form with which a reader says what is wrong in a light view.
Called by the view of this matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.library.models import ReadingProblem


class ProblemForm(forms.Form):
    """What is wrong, and where; words of their own only from people who have signed in."""

    what = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=ReadingProblem.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what is wrong.")},
    )
    anchor = forms.ChoiceField(label=_("Where?"), required=False)
    note = forms.CharField(
        label=_("What do you see, and what should stand there?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], has_note: bool, **more: Any):
        super().__init__(*args, **more)
        field: Any = self.fields["anchor"]
        field.choices = [("", _("in several places of this part")), *places]
        if len(places) == 0:
            del self.fields["anchor"]
        if not has_note:
            del self.fields["note"]
