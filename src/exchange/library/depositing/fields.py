"""What is asked about a record, question by question, in the words of people who bring one.
Used by the screens of adding a record and by the page that changes one."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanLine, CleanText
from exchange.core import languages
from exchange.core.time import now
from exchange.library.depositing.dating import month_name
from exchange.library.models import Deposit, Evidence, Licence
from exchange.library.naming import Maker, organisation, person
from exchange.library.rules import doi_of, isbn_of
from exchange.taxonomy import vocabulary

EARLIEST_YEAR = 1800
MOST_TYPES = 3
MOST_TOPICS = 5
MOST_COUNTRIES = 3
MOST_NAMES = 60
LONGEST_SUMMARY = 3000
EVERYWHERE = "global"
_REACHABLE = re.compile(r"[@]|[0-9]{5}")


def line(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **attributes})


class Address(CleanLine):
    """The address of a page: it begins with http, and a DOI alone is one too."""

    def to_python(self, value: Any) -> str:
        given = super().to_python(value)
        if not given:
            return ""
        if "://" not in given:
            doi = doi_of(given)
            given = f"https://doi.org/{doi}" if doi else f"https://{given}"
        try:
            parts = urlsplit(given)
            usable = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
        except ValueError:
            usable = False
        if not usable or " " in given or len(given) > 1000:
            raise forms.ValidationError(
                _("This does not look like the address of a page. It begins with https://")
            )
        return given


class Question(forms.Form):
    """One screen: a few fields, and what they say about a record."""

    def said(self) -> dict[str, Any]:
        """Its answers under the names of `Record`."""
        return dict(self.cleaned_data)


class SourceForm(Question):
    url = Address(
        label=_("The address of its page"),
        help_text=_("The publisher's own page is best. A DOI will do."),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off"}),
    )

    def said(self) -> dict[str, Any]:
        url = self.cleaned_data["url"]
        return {"url": url, "link_kind": "original", **({"doi": d} if (d := doi_of(url)) else {})}


class TitleForm(Question):
    title = CleanLine(
        label=_("Its title"),
        help_text=_("As it stands on the cover, in its own language."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Please give its title, or say in one line what it is.")},
    )


class MakersForm(Question):
    persons = CleanText(
        label=_("People"),
        help_text=_("One in each line: “Wanjiru, Grace” or “Grace Wanjiru”."),
        required=False,
        rows=3,
        max_length=6000,
    )
    organisations = CleanText(
        label=_("Organisations or groups"),
        help_text=_("One in each line. “A group of practitioners in Gulu” is fine."),
        required=False,
        rows=2,
        max_length=6000,
    )
    publisher = CleanLine(
        label=_("Who published it, if somebody else"), required=False, max_length=300, widget=line()
    )

    def clean_persons(self) -> tuple[str, ...]:
        return self._names("persons")

    def clean_organisations(self) -> tuple[str, ...]:
        return self._names("organisations")

    def _names(self, field: str) -> tuple[str, ...]:
        lines = (" ".join(one.split()) for one in self.cleaned_data[field].splitlines())
        names = tuple(dict.fromkeys(one for one in lines if one))
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(_("That is more names than there is room for."))
        for name in names:
            if _REACHABLE.search(name) or len(name) > 300:
                raise forms.ValidationError(_("Please give names alone, one in each line."))
        return names

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        made_by: list[Maker] = [person(name) for name in given["persons"]]
        made_by += [organisation(name) for name in given["organisations"]]
        return {"creators": tuple(made_by), "publisher": given["publisher"]}


class WhenForm(Question):
    dated = forms.ChoiceField(
        label=_("Does it bear a date?"),
        required=False,
        initial="year",
        widget=forms.RadioSelect,
        choices=[
            ("year", _("Yes")),
            ("undated", _("No: I looked, and it bears none")),
            ("unknown", _("I do not know")),
        ],
    )
    year = forms.IntegerField(
        label=_("The year"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Please give the year in four digits, like 2019.")},
    )
    month = forms.TypedChoiceField(
        label=_("The month"), required=False, coerce=int, empty_value=None
    )
    edition = CleanLine(
        label=_("Which edition, if it says so"), required=False, max_length=60, widget=line()
    )

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["month"].choices = [("", _("not said")), *_months()]  # type: ignore[attr-defined]

    def clean_year(self) -> int:
        given = self.cleaned_data["year"] or 0
        latest = now().year + 1
        if given and not EARLIEST_YEAR <= given <= latest:
            raise forms.ValidationError(
                _("A year between %(first)s and %(last)s, please.")
                % {"first": EARLIEST_YEAR, "last": latest}
            )
        return int(given)

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        is_dated = given["dated"] not in ("undated", "unknown")
        year = given["year"] if is_dated else 0
        return {
            "year": year,
            "month": (given["month"] or 0) if year else 0,
            "is_undated": given["dated"] == "undated",
            "edition": given["edition"],
        }


class KindForm(Question):
    types = forms.MultipleChoiceField(
        label=_("What is it?"),
        help_text=_("One is enough; three at most."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose what it is; the nearest will do.")},
    )

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["types"].choices = vocabulary.choices("type")  # type: ignore[attr-defined]

    def clean_types(self) -> tuple[str, ...]:
        return at_most(self.cleaned_data["types"], MOST_TYPES)


class PlaceForm(Question):
    everywhere = forms.BooleanField(
        label=_("Everywhere, or no country in particular"), required=False
    )
    country_1 = forms.ChoiceField(label=_("A country"), required=False)
    country_2 = forms.ChoiceField(label=_("Another country"), required=False)
    country_3 = forms.ChoiceField(label=_("And another"), required=False)
    useful_for = forms.MultipleChoiceField(
        label=_("Where else people could use it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        countries = [("", "—"), *vocabulary.choices("country")]
        for number in range(1, MOST_COUNTRIES + 1):
            self.fields[f"country_{number}"].choices = countries  # type: ignore[attr-defined]
        self.fields["useful_for"].choices = hubs()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        chosen = [given.get(f"country_{number}") for number in range(1, MOST_COUNTRIES + 1)]
        if not any(chosen) and not given.get("everywhere"):
            self.add_error(
                "everywhere", _("Please choose a country, or say that it is about everywhere.")
            )
        return given

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        chosen = [given[f"country_{number}"] for number in range(1, MOST_COUNTRIES + 1)]
        countries = tuple(dict.fromkeys(code for code in chosen if code))
        return {
            "countries": countries,
            "regions": () if countries else (EVERYWHERE,),
            "useful_for": tuple(given["useful_for"]),
        }


class TopicsForm(Question):
    topics = forms.MultipleChoiceField(
        label=_("What is it about?"),
        help_text=_("One is enough; five at most."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one topic; the nearest will do.")},
    )

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["topics"].choices = grouped_topics()  # type: ignore[attr-defined]

    def clean_topics(self) -> tuple[str, ...]:
        return at_most(self.cleaned_data["topics"], MOST_TOPICS)


class WordsForm(Question):
    summary = CleanText(
        label=_("What is in it, and who could use it?"),
        help_text=_("Two or three lines in your own words. No names of children or villages."),
        required=False,
        rows=5,
        max_length=LONGEST_SUMMARY,
    )
    language = forms.ChoiceField(label=_("Which language is it in?"), required=False)

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["language"].choices = spoken()  # type: ignore[attr-defined]
        self.fields["language"].initial = languages.current()

    def clean_language(self) -> str:
        return str(self.cleaned_data["language"] or languages.current())


class MoreForm(Question):
    leadership = forms.ChoiceField(label=_("Who led the work it tells of?"), required=False)
    setting = forms.ChoiceField(label=_("Where people live"), required=False)
    mechanism = forms.ChoiceField(label=_("Which group or way of working"), required=False)
    evidence = forms.ChoiceField(label=_("What it rests on"), required=False)
    audiences = forms.MultipleChoiceField(
        label=_("Who it is for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    isbn = CleanLine(
        label=_("Its ISBN, if it bears one"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        words: list[tuple[str, Any]] = [("", _("not said"))]
        for name in ("leadership", "setting", "mechanism"):
            some = [pair for pair in vocabulary.choices(name) if pair[0] != "not-stated"]
            self.fields[name].choices = words + some  # type: ignore[attr-defined]
        self.fields["evidence"].choices = words + Evidence.choices  # type: ignore[attr-defined]
        self.fields["audiences"].choices = vocabulary.choices("audience")  # type: ignore[attr-defined]

    def clean_isbn(self) -> str:
        given = self.cleaned_data["isbn"]
        if given and not isbn_of(given):
            raise forms.ValidationError(_("This ISBN is not whole; please look at it again."))
        return isbn_of(given)

    def clean_audiences(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["audiences"])


class RightsForm(Question):
    right = forms.ChoiceField(
        label=_("May its file be kept here for everybody to read?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("own", _("Yes: we made it")),
            ("open", _("Yes: it says that anybody may share it")),
            ("permission", _("Yes: its owner gave permission")),
            ("link", _("No, or I do not know: describe it and link to it")),
        ],
    )
    licence = forms.ChoiceField(label=_("What it says about sharing"), required=False)
    right_note = CleanLine(
        label=_("Who gave permission, and when"), required=False, max_length=300, widget=line()
    )
    people = forms.ChoiceField(
        label=_("Are there pictures of people in it?"),
        help_text=_("Whoever can be recognised must have agreed; for a child, a guardian too."),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("none", _("No, or nobody can be recognised")),
            ("agreed", _("Yes, and they agreed")),
            ("unsure", _("I am not sure")),
        ],
    )

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["licence"].choices = [("", _("not said")), *Licence.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("right") == Deposit.Right.PERMISSION and not given.get("right_note"):
            self.add_error("right_note", _("Please say who gave permission."))
        return given

    def said(self) -> dict[str, Any]:
        return {"licence": self.cleaned_data["licence"]}


def grouped_topics() -> list[tuple[str, list[tuple[str, str]]]]:
    """Topics in the groups the field knows them by; thirty-five in one row are too many to read."""
    words = vocabulary.terms("topic")
    groups = list(dict.fromkeys(word.group for word in words))
    return [
        (
            vocabulary.label(f"topic-group:{group}"),
            [(word.slug, word.label) for word in words if word.group == group],
        )
        for group in groups
    ]


def hubs() -> list[tuple[str, str]]:
    """The regions a hub may serve."""
    return [pair for pair in vocabulary.choices("region") if pair[0] != EVERYWHERE]


def spoken() -> list[tuple[str, str]]:
    return [
        (code, languages.OWN_NAMES.get(code) or languages.named(code)) for code in languages.SPOKEN
    ]


def _months() -> list[tuple[int, str]]:
    return [(number, month_name(number)) for number in range(1, 13)]


def at_most(chosen: list[str], most: int) -> tuple[str, ...]:
    if len(chosen) > most:
        raise forms.ValidationError(
            _("Please choose at most %(n)d; which matter most?") % {"n": most}
        )
    return tuple(chosen)
