"""What is chosen and typed about protected voices: beside a text that is sent, and by keepers.
Used by the views of this matter and of writing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanLine
from exchange.contributions.voice_names import NOWHERE
from exchange.taxonomy import regions, vocabulary


class VoiceForm(forms.Form):
    """Whether the name is left out, and which region is said instead."""

    protected = forms.BooleanField(label=_("Leave my name out for good"), required=False)
    region = forms.ChoiceField(label=_("Shown instead of your name"), required=False)

    def __init__(self, *positional: Any, country: str = "", **named: Any) -> None:
        super().__init__(*positional, **named)
        nowhere = (NOWHERE, _("A practitioner, and no place"))
        theirs = regions.regions_of([country]) if country else frozenset()
        words = [word for word in vocabulary.terms("region") if word.slug != "global"]
        words.sort(key=lambda word: (word.slug not in theirs, word.order))
        pairs = [(w.slug, _("A practitioner, %(region)s") % {"region": w.label}) for w in words]
        self.fields["region"].choices = [nowhere, *pairs]  # type: ignore[attr-defined]

    @property
    def is_chosen(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["protected"])

    @property
    def chosen_region(self) -> str:
        return str(self.cleaned_data.get("region") or NOWHERE)


class LookForm(forms.Form):
    """Why a keeper looks."""

    why = CleanLine(
        label=_("Why do you need to know?"),
        max_length=300,
        error_messages={"required": _("Nobody looks without saying why: one line is enough.")},
    )
