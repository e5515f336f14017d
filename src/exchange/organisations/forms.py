"""The shape of what people type about organisations; text is cleaned here, at the door.
Used by the views of this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from exchange.core import languages
from exchange.core.text import clean, clean_name
from exchange.organisations import naming, rules
from exchange.organisations.models import Organisation
from exchange.taxonomy import vocabulary

_LINE = {"dir": "auto", "autocomplete": "off"}


class _Line(forms.CharField):
    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value) or "")


class _Text(forms.CharField):
    def __init__(self, *, rows: int = 6, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(strip=False, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


def _website() -> forms.CharField:
    return forms.URLField(
        label=_("Its website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr", "autocomplete": "url"}),
        error_messages={"invalid": _("Please give the address as it stands in a browser.")},
    )


class _FactsForm(forms.Form):
    """Country and kind, as every form of this room asks for them."""

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        nothing = [("", _("I would rather not say"))]
        self.fields["country"].choices = [*nothing, *vocabulary.choices("country")]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [*nothing, *Organisation.Kind.choices]  # type: ignore[attr-defined]


class ProposalForm(_FactsForm):
    """An organisation that has no page yet. Its name is called `title`, as the boxes are that are
    looked at while somebody types."""

    title = _Line(
        label=_("Its name"),
        help_text=_("As it calls itself, in its own language."),
        max_length=160,
        min_length=2,
        widget=forms.TextInput(attrs=_LINE),
        error_messages={"required": _("Please write its name.")},
    )
    acronym = _Line(
        label=_("Its short name"), required=False, max_length=30, widget=forms.TextInput(_LINE)
    )
    country = forms.ChoiceField(label=_("In which country it is at home"), required=False)
    kind = forms.ChoiceField(label=_("What it is"), required=False)
    website = _website()
    works_there = forms.BooleanField(label=_("I work there"), required=False, initial=True)


class ChangeForm(_FactsForm):
    """What stands on the page; hosts correct its names as well."""

    name = _Line(label=_("Its name"), max_length=160, widget=forms.TextInput(attrs=_LINE))
    acronym = _Line(
        label=_("Its short name"), required=False, max_length=30, widget=forms.TextInput(_LINE)
    )
    also_known_as = _Text(
        label=_("Other names it is known by"),
        help_text=_("One a line."),
        required=False,
        rows=3,
        max_length=1500,
    )
    about = _Text(
        label=_("What it does, in a few lines"),
        help_text=_("For a colleague elsewhere. Nothing that could point to a child."),
        required=False,
        max_length=rules.LONGEST_ABOUT,
    )
    language = forms.ChoiceField(label=_("The language you write in"))
    website = _website()
    country = forms.ChoiceField(label=_("In which country it is at home"), required=False)
    kind = forms.ChoiceField(label=_("What it is"), required=False)
    is_founding = forms.BooleanField(
        label=_("In the working group that founded the Exchange"), required=False
    )
    note = _Line(
        label=_("What we know, and where from"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=_LINE),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *positional: Any, by_host: bool, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, languages.OWN_NAMES.get(code) or languages.named(code))
            for code in languages.SPOKEN
        ]
        allowed = rules.OF_HOSTS if by_host else rules.OF_SPEAKERS
        for name in [one for one in self.fields if one not in (*allowed, "language", "version")]:
            del self.fields[name]

    @classmethod
    def initial_of(cls, row: Organisation) -> dict[str, Any]:
        shown = {name: getattr(row, name) for name in rules.OF_HOSTS}
        shown["also_known_as"] = "\n".join(row.also_known_as)
        language = row.about_language if row.about else languages.current()
        return {**shown, "language": language, "version": row.version}

    def clean_also_known_as(self) -> list[str]:
        return naming.other_names(self.cleaned_data["also_known_as"])


class ClaimForm(forms.Form):
    """Why somebody should look after a page."""

    words = _Text(
        label=_("What do you do there?"),
        help_text=_("Two lines are enough. Hosts alone read them, and they are not kept."),
        max_length=rules.LONGEST_WHY,
        rows=4,
        error_messages={"required": _("Please say in a line what you do there.")},
    )


class DecisionForm(forms.Form):
    """What a host decides, and a kind note."""

    what = forms.ChoiceField(choices=[(one, one) for one in ("yes", "no", "merge")])
    note = _Line(label=_("A kind note"), required=False, max_length=300)
    into = forms.SlugField(required=False, allow_unicode=True, max_length=90)
