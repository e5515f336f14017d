"""The shape of one row of an imported table, checked field by field in plain words.
Called by the import; a row that is right becomes a Record."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _

from exchange.core import text
from exchange.core.languages import name_of
from exchange.core.time import now
from exchange.library.models import LinkKind, Resource
from exchange.library.records import Record
from exchange.library.rules import without_formula
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
}


def _longest(name: str) -> int:
    return int(getattr(Resource._meta.get_field(name), "max_length", 0))


class Words(forms.CharField):
    """One line of words: cleaned, and never a formula."""

    def to_python(self, value: Any) -> str:
        cleaned = super().to_python(text.clean_line(str(value or "")))
        return without_formula(cleaned or "")


class RecordForm(forms.Form):
    """One row. Every error says what is wrong with which words."""

    title = Words(max_length=_longest("title"))
    authors = Words(required=False, max_length=5000)
    publisher = Words(required=False, max_length=_longest("publisher"))
    year = forms.CharField(required=False)
    resource_types = forms.CharField(required=False)
    countries = forms.CharField(required=False)
    regions = forms.CharField(required=False)
    topics = forms.CharField(required=False)
    audiences = forms.CharField(required=False)
    language = forms.CharField(required=False)
    url = forms.CharField(required=False, max_length=_longest("url"))
    source_site = Words(required=False, max_length=_longest("source_site"))
    summary = Words(required=False, max_length=SUMMARY_LENGTH)
    link_kind = forms.CharField(required=False)

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
        if not given or given.casefold() in {"n.d.", "nd", "undated"}:
            return 0
        latest = now().year + 1
        if not re.fullmatch(r"[0-9]{4}", given) or not EARLIEST_YEAR <= int(given) <= latest:
            raise forms.ValidationError(
                _(
                    "“%(given)s” is not a year between %(first)s and %(last)s; leave it empty when "
                    "the record is undated"
                )
                % {"given": given[:40], "first": EARLIEST_YEAR, "last": latest}
            )
        return int(given)

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

    def clean_language(self) -> str:
        given: str = self.cleaned_data["language"].strip().casefold()
        if not given:
            raise forms.ValidationError(_("the language is missing (a code such as en or sw)"))
        if not re.fullmatch(r"[a-z]{2,3}", given) or name_of(given, "en") == given:
            raise forms.ValidationError(
                _("“%(given)s” is no language code we know (such as en or sw)")
                % {"given": given[:40]}
            )
        return given

    def clean_url(self) -> str:
        given = text.clean_line(self.cleaned_data["url"])
        if not given:
            return ""
        try:
            parts = urlsplit(given)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            usable = False
        if not usable or " " in given:
            raise forms.ValidationError(
                _("the address “%(given)s” must begin with http:// or https:// and hold no spaces")
                % {"given": given[:80]}
            )
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
        return Record(
            title=given["title"],
            authors=tuple(name for part in given["authors"].split(";") if (name := part.strip())),
            publisher=given["publisher"],
            year=given["year"],
            types=given["resource_types"],
            countries=given["countries"],
            regions=given["regions"],
            topics=given["topics"],
            audiences=given["audiences"],
            language=given["language"],
            url=given["url"],
            link_kind=given["link_kind"],
            source_site=given["source_site"],
            summary=given["summary"],
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
        return tuple(dict.fromkeys(found))


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
