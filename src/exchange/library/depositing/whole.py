"""A whole record on one page, for whoever added it and for hosts, who change what is there.
Used by the view that changes records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanLine, CleanText
from exchange.core import languages
from exchange.core.text import folded
from exchange.library.depositing import fields
from exchange.library.depositing.fields import Address, line
from exchange.library.models import LinkKind, Resource
from exchange.library.records import Further, Record, whole_record_of
from exchange.library.rules import doi_of, handle_of
from exchange.taxonomy import vocabulary

MOST_LINKS = 20
# The codes of more have no room in their column; "everywhere" says it better.
MOST_COUNTRIES = 60
# The groups of the page: a title, and the fields under it. The first stands open.
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Its words"), ("title", "summary", "language")),
    (_("Who made it"), ("persons", "organisations", "publisher")),
    (_("When"), ("dated", "year", "month", "edition")),
    (_("What and for whom"), ("types", "topics", "evidence", "audiences")),
    (_("Where"), ("everywhere", "countries", "useful_for", "setting", "mechanism", "leadership")),
    (
        _("Links, numbers and rights"),
        ("url", "link_kind", "further", "doi", "isbn", "handle", "licence"),
    ),
)
_PARTS = (
    fields.TitleForm,
    fields.WordsForm,
    fields.WhenForm,
    fields.KindForm,
    fields.TopicsForm,
    fields.MoreForm,
)


class WholeForm(
    fields.TitleForm,
    fields.WordsForm,
    fields.MakersForm,
    fields.WhenForm,
    fields.KindForm,
    fields.TopicsForm,
    fields.MoreForm,
):
    """Every field of a record. What the page does not ask about stays as it is."""

    everywhere = forms.BooleanField(
        label=_("Everywhere, or no country in particular"), required=False
    )
    # Typed, for a list of 250 to choose several from would be half of the page.
    countries = CleanText(
        label=_("Countries it is about"),
        help_text=_("One in each line."),
        required=False,
        rows=2,
        max_length=5000,
    )
    useful_for = forms.MultipleChoiceField(
        label=_("Where else people could use it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    url = Address(
        label=_("The address of its page"),
        required=False,
        max_length=1000,
        widget=line(dir="ltr", inputmode="url"),
    )
    link_kind = forms.ChoiceField(
        label=_("What stands at this address"), required=False, choices=LinkKind.choices
    )
    further = CleanText(
        label=_("More addresses"),
        help_text=_("One in each line, with a word on what it is: https://example.org Annex"),
        required=False,
        rows=2,
        max_length=20_000,
    )
    doi = CleanLine(label="DOI", required=False, max_length=260, widget=line(dir="ltr"))
    handle = CleanLine(label="Handle", required=False, max_length=200, widget=line(dir="ltr"))
    licence = forms.ChoiceField(label=_("What it says about sharing"), required=False)

    def __init__(self, row: Resource, data: Any = None, initial: Any = None) -> None:
        self.row = row
        self.known = whole_record_of(row)
        super().__init__(data, initial={**_initial(self.known), **(initial or {})})
        some: Any = self.fields
        some["useful_for"].choices = fields.hubs()
        some["licence"].choices = fields.RightsForm().fields["licence"].choices  # type: ignore[attr-defined]
        # A record in a language that members do not choose keeps it.
        if row.language not in dict(some["language"].choices):
            some["language"].choices = [*some["language"].choices, (row.language, row.language)]
        # A table may have brought more than a member is asked for.
        self.most = {"types": len(self.known.types), "topics": len(self.known.topics)}

    def clean_doi(self) -> str:
        return self._known_form("doi", doi_of, _("This is no DOI; it begins with 10."))

    def clean_handle(self) -> str:
        return self._known_form("handle", handle_of, _("This is no handle; it looks like 10546/1."))

    def clean_types(self) -> tuple[str, ...]:
        return self._at_most("types", fields.MOST_TYPES)

    def clean_topics(self) -> tuple[str, ...]:
        return self._at_most("topics", fields.MOST_TOPICS)

    def clean_countries(self) -> tuple[str, ...]:
        called = _countries_by_name()
        found = []
        for words in self.cleaned_data["countries"].splitlines():
            if not words.strip():
                continue
            code = called.get(folded(words))
            if code is None:
                raise forms.ValidationError(
                    gettext("We know no country called “%(name)s”.") % {"name": words.strip()[:60]}
                )
            found.append(code)
        return fields.at_most(list(dict.fromkeys(found)), MOST_COUNTRIES)

    def clean_further(self) -> tuple[Further, ...]:
        known = {one.url: one for one in self.known.links or ()}
        found = []
        for words in self.cleaned_data["further"].splitlines()[:MOST_LINKS]:
            url, _space, label = words.strip().partition(" ")
            if url:
                address = Address().clean(url)
                kind = known[address].kind if address in known else LinkKind.RELATED.value
                found.append(Further(address, kind, label.strip()[:160]))
        return tuple(found)

    def groups(self) -> list[dict[str, Any]]:
        """The fields under their titles; a group with something wrong in it stands open."""
        made = []
        for place, (title, names) in enumerate(GROUPS):
            bound = [self[name] for name in names]
            is_open = place == 0 or any(one.errors for one in bound)
            made.append({"title": title, "fields": bound, "open": is_open})
        return made

    def record(self) -> Record:
        """The record as the page says it is; only of a form that is valid."""
        given = self.cleaned_data
        said: dict[str, Any] = dict(vars(self.known))
        for part in _PARTS:
            said.update({n: v for n, v in part.said(self).items() if n in said})
        said.update(fields.WhenForm.said(self))
        said.update(self._makers())
        names = ("url", "link_kind", "doi", "handle", "licence")
        said.update({name: given[name] for name in names})
        said["countries"], said["useful_for"] = given["countries"], tuple(given["useful_for"])
        said["links"] = given["further"]
        regions = set(said["regions"]) - {fields.EVERYWHERE}
        said["regions"] = tuple(sorted(regions)) + (
            (fields.EVERYWHERE,) if given["everywhere"] else ()
        )
        return Record(**said)

    def _makers(self) -> dict[str, Any]:
        """Names that were not touched keep their order and what was said about them."""
        given, before = self.cleaned_data, _initial(self.known)
        told = {"publisher": given["publisher"]}
        stay = all("\n".join(given[n]) == before[n] for n in ("persons", "organisations"))
        if stay:
            return {**told, "creators": None}
        return {**told, "authors": (), **fields.MakersForm.said(self)}

    def _known_form(self, name: str, read: Any, problem: Any) -> str:
        given = self.cleaned_data[name]
        if given and not read(given):
            raise forms.ValidationError(problem)
        return str(read(given))

    def _at_most(self, name: str, usual: int) -> tuple[str, ...]:
        return fields.at_most(self.cleaned_data[name], max(usual, self.most[name]))


def _initial(known: Record) -> dict[str, Any]:
    dated = "undated" if known.is_undated else "year" if known.year else "unknown"
    given = {
        name: getattr(known, name)
        for name in (
            *("title", "summary", "language", "publisher", "edition", "evidence", "leadership"),
            *("setting", "mechanism", "url", "link_kind", "doi", "isbn", "handle", "licence"),
        )
    }
    several = ("types", "topics", "audiences", "useful_for")
    given.update({name: list(getattr(known, name)) for name in several})
    return {
        **given,
        "persons": "\n".join(one.name for one in known.made_by if not one.is_organisation),
        "organisations": "\n".join(one.name for one in known.made_by if one.is_organisation),
        "countries": "\n".join(vocabulary.country_name(code) for code in known.countries),
        "dated": dated,
        "year": known.year or "",
        "month": known.month or "",
        "everywhere": fields.EVERYWHERE in known.regions,
        "further": "\n".join(f"{one.url} {one.label}".strip() for one in known.links or ()),
    }


def _countries_by_name() -> dict[str, str]:
    """Codes by the code itself, by the name in the page's language, and by the English one."""
    called = {}
    for language in ("en", languages.current()):
        for word in vocabulary.terms("country"):
            called[folded(word.labelled(language))] = word.slug
            called[word.slug.casefold()] = word.slug
    return called


class KinForm(forms.Form):
    """How a record stands to another one, found by its number, its address or its title."""

    how = forms.ChoiceField(
        label=_("How do they belong together?"),
        widget=forms.RadioSelect,
        choices=[
            ("superseded_by", _("The other one is newer and takes its place")),
            ("translation_of", _("This is a translation of the other one")),
        ],
        error_messages={"required": _("Please choose how they belong together.")},
    )
    which = CleanLine(
        label=_("The other record"),
        help_text=_(
            "Its number, its address, or words of its title. Empty: there is none any more."
        ),
        required=False,
        max_length=500,
        widget=line(),
    )
