"""The shape of what hosts choose and what the two write.
Called by the views of this matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.hubs.fields import Text
from exchange.hubs.models import Membership
from exchange.hubs.pairs import rules


class PairForm(forms.Form):
    """Two people of the space."""

    first = forms.ModelChoiceField(label=_("One"), queryset=Membership.objects.none())
    second = forms.ModelChoiceField(label=_("The other"), queryset=Membership.objects.none())

    def __init__(self, *positional: Any, people: list[Membership], **named: Any) -> None:
        super().__init__(*positional, **named)
        some: Any = self.fields
        names = [("", "–"), *((place.pk, place.member.shown_name) for place in people)]
        rows = Membership.objects.filter(pk__in=[place.pk for place in people])
        for name in ("first", "second"):
            some[name].queryset = rows.select_related("member")
            some[name].choices = names

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, second = given.get("first"), given.get("second")
        if first and first == second:
            self.add_error("second", _("Please choose two different people."))
        return given


class WordsForm(forms.Form):
    """What goes to the other."""

    words = Text(
        label=_("Your words to the other"),
        help_text=_("They go to the other alone. No names of children, please."),
        rows=6,
        max_length=rules.LONGEST_WORDS,
        error_messages={"required": _("Please write a few words.")},
    )
