"""The shape of what hosts type about a hub or a group.
Called by the views of this matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.core import languages, zones
from exchange.hubs.fields import Line, Text
from exchange.hubs.models import Space
from exchange.hubs.spaces.actions import Words
from exchange.taxonomy import vocabulary

LONGEST_ABOUT = 1200
# Those in which a hub says who it is, before the language of the page itself.
_FIRST = "en"


class WordsForm(forms.Form):
    """Name and about in each language of ours, then where and how."""

    countries = forms.MultipleChoiceField(
        label=_("Countries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("The language people there use most"))
    languages = forms.MultipleChoiceField(
        label=_("Other languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    time_zone = forms.ChoiceField(
        label=_("Its clock"), help_text=_("Meetings are shown in the time of this city.")
    )
    joins = forms.ChoiceField(label=_("How people come in"), choices=Space.Joins.choices)
    reads_first = forms.ChoiceField(
        label=_("What its hosts read before the others do"), choices=Space.Reads.choices
    )
    mail_content = forms.ChoiceField(
        label=_("How much stands in a mail"),
        choices=Space.Content.choices,
        help_text=_("For what is written inside. Choose less where others may see a phone."),
    )
    is_listed = forms.BooleanField(
        label=_("Everybody may see its name and what it is about"), required=False
    )
    is_sensitive = forms.BooleanField(label=_("Subjects of its mails tell nothing"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        some: Any = self.fields
        some["countries"].choices = vocabulary.choices("country")
        spoken = [(code, languages.named(code)) for code in languages.SPOKEN]
        some["language"].choices = some["languages"].choices = spoken
        zone = str(self.initial.get("time_zone") or "")
        some["time_zone"].choices = zones.choices("", also=zone)
        for code in languages.INTERFACE:
            tongue = languages.OWN_NAMES[code]
            mark = {"lang": code, "dir": languages.direction(code), "autocomplete": "off"}
            some[f"name_{code}"] = Line(
                label=_named(_("Name, in %(language)s"), tongue),
                required=False,
                max_length=120,
                widget=forms.TextInput(attrs=mark),
            )
            some[f"about_{code}"] = Text(
                label=_named(_("What it is for, in %(language)s"), tongue),
                required=False,
                max_length=LONGEST_ABOUT,
                widget=forms.Textarea(attrs={**mark, "rows": 4}),
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(given.get(f"name_{code}") for code in languages.INTERFACE):
            self.add_error(f"name_{_FIRST}", _("Please give it a name, in one language at least."))
        return given

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """Name and about in the language of the page."""
        code = languages.current()
        return [self[f"name_{code}"], self[f"about_{code}"]]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        shown = languages.current()
        others = [code for code in languages.INTERFACE if code != shown]
        return [self[f"{what}_{code}"] for code in others for what in ("name", "about")]

    @property
    def has_trouble_elsewhere(self) -> bool:
        """An error in a field that is folded away."""
        return any(field.errors for field in self.other_fields)

    @property
    def way_fields(self) -> list[forms.BoundField]:
        names = ("language", "time_zone", "joins", "reads_first", "mail_content")
        return [self[name] for name in (*names, "is_listed", "is_sensitive")]

    @property
    def words(self) -> Words:
        given = self.cleaned_data
        spoken = (given["language"], *(o for o in given["languages"] if o != given["language"]))
        names, abouts = self._of("name"), self._of("about")
        kept = ("time_zone", "joins", "reads_first", "mail_content", "is_listed", "is_sensitive")
        return Words(
            name=names.get(_FIRST) or next(iter(names.values())),
            names=names,
            about=abouts.get(_FIRST) or next(iter(abouts.values()), ""),
            abouts=abouts,
            countries=" ".join(given["countries"]),
            languages=" ".join(spoken)[:60],
            **{name: given[name] for name in kept},
        )

    def _of(self, what: str) -> dict[str, str]:
        every = {code: self.cleaned_data.get(f"{what}_{code}", "") for code in languages.INTERFACE}
        return {code: words for code, words in every.items() if words}


class OpenForm(WordsForm):
    """A new space; hosts of the Exchange alone."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Space.Kind.choices)
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        help_text=_("For a regional hub: its shelf, its newsletter and those who follow it."),
    )
    parent = forms.ModelChoiceField(
        label=_("Belongs to the hub"), queryset=Space.objects.none(), required=False
    )
    i_host = forms.BooleanField(label=_("I host it myself for now"), required=False)

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        some: Any = self.fields
        some["region"].choices = [("", "–"), *vocabulary.choices("region")]
        some["parent"].queryset = Space.objects.hubs().open().order_by("name")
        some["parent"].label_from_instance = lambda space: space.shown_name

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        region = given.get("region")
        if given.get("kind") == Space.Kind.HUB and region:
            if Space.objects.hubs().filter(region=region).exists():
                self.add_error("region", _("There is a hub of this region already."))
        else:
            given["region"] = ""
        if given.get("kind") == Space.Kind.HUB:
            given["parent"] = None
        return given

    @property
    def where_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("kind", "region", "parent", "i_host")]


def told_by(space: Space) -> dict[str, Any]:
    """What a form of this space begins with."""
    spoken = space.language_codes or [_FIRST]
    names = {_FIRST: space.name, **space.names}
    abouts = {_FIRST: space.about, **space.abouts}
    return {
        **{f"name_{code}": words for code, words in names.items()},
        **{f"about_{code}": words for code, words in abouts.items()},
        "countries": space.country_codes,
        "language": spoken[0],
        "languages": spoken[1:],
        "time_zone": space.time_zone,
        "joins": space.joins,
        "reads_first": space.reads_first,
        "mail_content": space.mail_content,
        "is_listed": space.is_listed,
        "is_sensitive": space.is_sensitive,
        "version": space.version,
    }


def _named(words: Promise, tongue: str) -> str:
    return str(words) % {"language": tongue}
