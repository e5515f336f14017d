"""What a host sends and says when bringing records in: a file or words, what rows are silent about,
another library's address. Called by the views of this matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanLine
from exchange.core.languages import SPOKEN, named
from exchange.library.bringing.named import may_be_opened
from exchange.library.importing import Filling
from exchange.library.models import HarvestSource, ImportRun
from exchange.taxonomy import vocabulary

LARGEST_FILE = 5_000_000
LONGEST_TEXT = 500_000
# Everybody else's writing waits while rows come in; the command, in a quiet hour, takes 10,000.
MOST_AT_THE_DESK = 1000


def _spoken() -> list[tuple[str, str]]:
    return sorted(((code, named(code)) for code in SPOKEN), key=lambda pair: pair[1])


class BringForm(forms.Form):
    """A file, or the same words pasted."""

    file = forms.FileField(
        label=_("A file"),
        help_text=_("CSV, RIS or BibTeX, up to 5 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.ris,.bib,.bibtex,text/*"}),
    )
    text = forms.CharField(
        label=_("Or paste it here"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto", "spellcheck": "false"}),
    )
    form = forms.ChoiceField(label=_("What it is"), required=False)
    language = forms.ChoiceField(
        label=_("Language of records that do not say theirs"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forms_of_files = [one for one in ImportRun.Form.choices if one[0] != ImportRun.Form.OAI]
        _choose(self, "form", [("", _("Look into it and see")), *forms_of_files])
        _choose(self, "language", [("", _("All of them say it")), *_spoken()])

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is larger than 5 MB. Split it and bring in the parts.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and not given.get("file") and not given.get("text", "").strip():
            self.add_error("file", _("Choose a file, or paste what is in it."))
        return given

    def raw(self) -> bytes:
        """What was sent; the file counts when both were."""
        file = self.cleaned_data.get("file")
        if file:
            content: bytes = file.read()
            return content
        pasted: str = self.cleaned_data["text"]
        return pasted.encode("utf-8", "replace")


class FillingForm(forms.Form):
    """What a host says of all chosen rows that are silent about it."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    type = forms.ChoiceField(label=_("Type"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = ("", _("say nothing"))
        countries = [(f"country:{code}", name) for code, name in vocabulary.choices("country")]
        regions = [(f"region:{slug}", name) for slug, name in vocabulary.choices("region")]
        _choose(self, "language", [nothing, *_spoken()])
        _choose(self, "type", [nothing, *vocabulary.choices("type")])
        _choose(self, "topic", [nothing, *vocabulary.choices("topic")])
        _choose(self, "place", [nothing, (_("Regions"), regions), (_("Countries"), countries)])

    def filling(self) -> Filling:
        given = self.cleaned_data
        kind, _colon, slug = given["place"].partition(":")
        return Filling(
            language=given["language"],
            resource_types=given["type"],
            topics=given["topic"],
            countries=slug if kind == "country" else "",
            regions=slug if kind == "region" else "",
        )


class SourceForm(forms.Form):
    """Another library's address."""

    url = CleanLine(
        label=_("Its address for OAI-PMH"),
        help_text=_("Such as https://repository.example.org/oai"),
        max_length=500,
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    set_spec = CleanLine(
        label=_("Only this part of it"),
        help_text=_("The name of a set, as that library writes it."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    name = CleanLine(label=_("What we call it"), max_length=200, required=False)

    def clean_url(self) -> str:
        given: str = self.cleaned_data["url"].partition("?")[0].partition("#")[0]
        if not may_be_opened(given) or "@" in given.split("/")[2]:
            raise forms.ValidationError(
                _("Give the whole address, beginning with http:// or https://.")
            )
        return given

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        here = HarvestSource.objects.filter(
            url=given.get("url", ""), set_spec=given.get("set_spec", "")
        )
        if here.exists():
            self.add_error("url", _("This library is in our list already."))
        return given


def _choose(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices
