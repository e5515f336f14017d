"""The shape of a host's decision about what was offered beside a record.
Used by views."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanText

LONGEST_NOTE = 3000


class DecisionForm(forms.Form):
    """What was decided, and the kind words that go with it."""

    what = forms.ChoiceField(
        choices=[("stand", _("let it stand")), ("decline", _("do not take it")), ("check", "")]
    )
    note = CleanText(
        label=_("Your note to the writer"), required=False, rows=4, max_length=LONGEST_NOTE
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("what") == "decline" and not given.get("note"):
            self.add_error(
                "note", _("Please write a few kind words: they are all the writer will see.")
            )
        return given
