"""The shape of one row of an imported table, checked field by field in plain words.
Called by the import; a row that is right becomes a Record."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from django import forms
from django.utils.translation import gettext as _

from exchange.core import text
from exchange.core.languages import name_of
from exchange.core.time import now
from exchange.library.bringing.dates import Date, date_of, month_of
from exchange.library.bringing.named import links_in, makers_in, may_be_opened
from exchange.library.bringing.words import language_code
from exchange.library.models import Evidence, Licence, LinkKind, Resource
from exchange.library.naming import Maker, as_line
from exchange.library.records import Further, Record
from exchange.library.rules import doi_of, handle_of, isbn_of, without_formula
from exchange.taxonomy import vocabulary

EARLIEST_YEAR = 1800
SUMMARY_LENGTH = 3000
# What people type for a place of the list, and what the vocabulary calls it.
_VOCABULARIES = {
    "resource_types": "type",
    "countries": "country",
    "regions": "region",
    "topics": "topic",
    "audiences": "audience",
    "useful_for": "region",
    "setting": "setting",
    "mechanism": "mechanism",
    "leadership": "leadership",
}
_COLUMNS = {"resource_types": "types"}
_YES = frozenset({"1", "yes", "y", "true", "x", "oui", "si", "sí", "sim", "ndiyo", "نعم"})

# What a record has under the name of its column.
_AS_GIVEN = (
    *("publisher", "year", "countries", "regions", "topics", "audiences", "language", "url"),
    *("link_kind", "source_site", "summary", "doi", "isbn", "handle", "licence", "edition"),
    *("evidence", "useful_for", "setting", "mechanism", "leadership", "links"),
)


def _longest(name: str) -> int:
    return int(getattr(Resource._meta.get_field(name), "max_length", 0))


class Cell(forms.CharField):
    """One line, cleaned before it is measured: cleaning can make it longer, and a database does
    not keep every sign."""

    def to_python(self, value: Any) -> str:
        return super().to_python(text.clean_line(str(value or ""))) or ""


class Words(Cell):
    """One line of words that is never a formula."""

    def to_python(self, value: Any) -> str:
        return without_formula(super().to_python(value))


class RecordForm(forms.Form):
    """One row. Every error says what is wrong with which words."""

    title = Words(max_length=_longest("title"))
    authors = Words(required=False, max_length=5000)
    publisher = Words(required=False, max_length=_longest("publisher"))
    year = Cell(required=False)
    resource_types = Cell(required=False)
    countries = Cell(required=False)
    regions = Cell(required=False)
    topics = Cell(required=False)
    audiences = Cell(required=False)
    language = Cell(required=False)
    url = Cell(required=False, max_length=_longest("url"))
    source_site = Words(required=False, max_length=_longest("source_site"))
    summary = Words(required=False, max_length=SUMMARY_LENGTH)
    link_kind = Cell(required=False)
    # What older tables do not have.
    creators = Words(required=False, max_length=5000)
    month = Cell(required=False)
    undated = Cell(required=False)
    doi = Words(required=False, max_length=_longest("doi") + 40)
    isbn = Words(required=False)
    handle = Words(required=False, max_length=_longest("handle") + 40)
    licence = Cell(required=False)
    edition = Words(required=False, max_length=_longest("edition"))
    evidence = Cell(required=False)
    useful_for = Cell(required=False)
    setting = Cell(required=False)
    mechanism = Cell(required=False)
    leadership = Cell(required=False)
    links = Cell(required=False, max_length=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].error_messages["required"] = _("the title is missing")
        for name, field in self.fields.items():
            longest = getattr(field, "max_length", None)
            if longest:
                # The limit is put in place of Django's sentence, which speaks of characters only.
                field.validators = [_not_longer(name, longest)]

    def clean_year(self) -> int:
        given = self.cleaned_data["year"].strip()
        found = date_of(given)
        latest = now().year + 1
        if found is None or (found.year and not EARLIEST_YEAR <= found.year <= latest):
            raise forms.ValidationError(
                _(
                    "“%(given)s” is not a year between %(first)s and %(last)s; leave it empty when "
                    "the record is undated"
                )
                % {"given": given[:40], "first": EARLIEST_YEAR, "last": latest}
            )
        self._date = found
        return found.year

    def clean_resource_types(self) -> tuple[str, ...]:
        return self._slugs("resource_types")

    def clean_countries(self) -> tuple[str, ...]:
        return self._slugs("countries")

    def clean_regions(self) -> tuple[str, ...]:
        return self._slugs("regions")

    def clean_topics(self) -> tuple[str, ...]:
        return self._slugs("topics")

    def clean_audiences(self) -> tuple[str, ...]:
        return self._slugs("audiences")

    def clean_useful_for(self) -> tuple[str, ...]:
        return self._slugs("useful_for")

    def clean_setting(self) -> str:
        return self._one_slug("setting")

    def clean_mechanism(self) -> str:
        return self._one_slug("mechanism")

    def clean_leadership(self) -> str:
        return self._one_slug("leadership")

    def clean_language(self) -> str:
        given: str = self.cleaned_data["language"].strip()
        if not given:
            raise forms.ValidationError(_("the language is missing (a code such as en or sw)"))
        code = language_code(given).casefold()
        if not re.fullmatch(r"[a-z]{2,3}", code) or name_of(code, "en") == code:
            raise forms.ValidationError(
                _("“%(given)s” is no language code we know (such as en or sw)")
                % {"given": given[:40]}
            )
        return code

    def clean_creators(self) -> tuple[Maker, ...] | None:
        return makers_in(self.cleaned_data["creators"])

    def clean_month(self) -> int:
        given = self.cleaned_data["month"].strip()
        if given in ("", "0"):
            return 0
        return month_of(given) or self._refuse(
            _("“%(given)s” is no month; write 1 to 12") % {"given": given[:40]}
        )

    def clean_undated(self) -> bool:
        return self.cleaned_data["undated"].strip().casefold() in _YES

    def clean_doi(self) -> str:
        given = self.cleaned_data["doi"]
        found = doi_of(given)
        if (given and not found) or len(found) > _longest("doi"):
            self._refuse(
                _("“%(given)s” is no DOI; a DOI begins with 10. and holds a /")
                % {"given": given[:60]}
            )
        return found

    def clean_isbn(self) -> str:
        given = self.cleaned_data["isbn"]
        found = isbn_of(given)
        if given and not found:
            self._refuse(
                _("“%(given)s” is no ISBN: its digits do not add up") % {"given": given[:40]}
            )
        return found

    def clean_handle(self) -> str:
        given = self.cleaned_data["handle"]
        found = handle_of(given)
        if (given and not found) or len(found) > _longest("handle"):
            self._refuse(_("“%(given)s” is no handle, such as 10986/1234") % {"given": given[:60]})
        return found

    def clean_licence(self) -> str:
        return self._chosen("licence", Licence.values, _("licence"))

    def clean_evidence(self) -> str:
        return self._chosen("evidence", Evidence.values, _("kind of evidence"))

    def clean_links(self) -> tuple[Further, ...] | None:
        found, wrong = links_in(self.cleaned_data["links"])
        if wrong:
            self._refuse(_not_an_address(wrong))
        return found

    def clean_url(self) -> str:
        given: str = self.cleaned_data["url"]
        if given and not may_be_opened(given):
            raise forms.ValidationError(_not_an_address(given))
        return given

    def clean_link_kind(self) -> str:
        given = self.cleaned_data["link_kind"].strip().casefold()
        if given and given not in LinkKind.values:
            raise forms.ValidationError(
                _("“%(given)s” is no kind of link; use one of: %(known)s")
                % {"given": given[:40], "known": ", ".join(LinkKind.values)}
            )
        return given or LinkKind.LIBRARY.value

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("link_kind") == LinkKind.ORIGINAL and not cleaned.get("url", "-"):
            self.add_error("url", _("a record with its own page needs that page's address"))
        return cleaned

    def record(self) -> Record:
        """The row as plain values; only of a form that is valid."""
        given = self.cleaned_data
        names = [name for part in given["authors"].split(";") if (name := part.strip())]
        creators = given["creators"]
        date = getattr(self, "_date", Date())
        month = given["month"] or date.month
        return Record(
            title=given["title"],
            authors=tuple(names or filter(None, as_line(creators or ()).split("; "))),
            creators=creators,
            month=month if given["year"] else 0,
            is_undated=bool(date.is_undated or given["undated"]) and not given["year"],
            types=given["resource_types"],
            **{name: given[name] for name in _AS_GIVEN},
        )

    def problems(self) -> list[str]:
        """What is wrong, one sentence each."""
        return [str(message) for messages in self.errors.values() for message in messages]

    def _slugs(self, name: str) -> tuple[str, ...]:
        in_words = {
            "type": _("type of resource"),
            "country": _("country code"),
            "region": _("region"),
            "topic": _("topic"),
            "audience": _("audience"),
            "setting": _("setting"),
            "mechanism": _("group or way of working"),
            "leadership": _("kind of leadership"),
        }
        kind = _VOCABULARIES[name]
        found = []
        for part in self.cleaned_data[name].split(";"):
            slug = part.strip().upper() if kind == "country" else part.strip().casefold()
            if not slug:
                continue
            if vocabulary.term(f"{kind}:{slug}") is None:
                raise forms.ValidationError(
                    _("“%(given)s” is no %(kind)s we know")
                    % {"given": part.strip()[:60], "kind": in_words[kind]}
                )
            found.append(slug)
        once = tuple(dict.fromkeys(found))
        # Their names stand side by side in one column of the row.
        _not_longer(name, _longest(_COLUMNS.get(name, name)))(" ".join(once))
        return once

    def _one_slug(self, name: str) -> str:
        found = self._slugs(name)
        if len(found) > 1:
            self._refuse(
                _("there is room for one %(column)s; %(given)s are given")
                % {"column": name, "given": len(found)}
            )
        return found[0] if found else ""

    def _chosen(self, name: str, known: list[str], called: str) -> str:
        given: str = self.cleaned_data[name].strip().casefold()
        if given and given not in known:
            self._refuse(
                _("“%(given)s” is no %(kind)s we know; use one of: %(known)s")
                % {"given": given[:40], "kind": called, "known": ", ".join(known)}
            )
        return given

    def _refuse(self, words: str) -> NoReturn:
        raise forms.ValidationError(words)


def _not_an_address(given: str) -> str:
    return _("the address “%(given)s” must begin with http:// or https:// and hold no spaces") % {
        "given": given[:80]
    }


def _not_longer(name: str, longest: int) -> Any:
    def check(value: str) -> None:
        if len(value) > longest:
            raise forms.ValidationError(
                _(
                    "the %(column)s has %(given)s letters, more than the %(longest)s there is room for"
                )
                % {"column": name.replace("_", " "), "given": len(value), "longest": longest}
            )

    return check
