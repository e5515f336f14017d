"""The forms of pages: lists to choose from, and lines that name things with their titles.
Put on the pages by `panels`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from exchange.briefings.models import Brief
from exchange.members.models import Member
from exchange.taxonomy import vocabulary
from exchange.writing.publishing import naming


def _topics() -> list[tuple[str, str]]:
    return [(term.slug, term.label) for term in vocabulary.terms("topic")]


def _countries() -> list[tuple[str, str]]:
    return [(term.slug, term.label) for term in vocabulary.terms("country")]


def _hubs() -> list[tuple[str, str]]:
    return [("", "–"), *((term.slug, term.label) for term in vocabulary.terms("region"))]


class PageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """What all pages share. The address of a page in the room is made by itself."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean()
        ends, begins = given.get("expire_at"), given.get("go_live_at")
        if ends and begins and ends <= begins:
            self.add_error("expire_at", _("It cannot end before it begins."))
        return given


class BriefForm(PageForm):
    """A brief's context by lists, its sources by line."""

    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        choices=_topics,
        widget=forms.CheckboxSelectMultiple,
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        choices=_countries,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    hub = forms.ChoiceField(label=_("Hub"), required=False, choices=_hubs)

    def clean_sources(self) -> str:
        """Each line with the title of what it names; a line that names nothing stays as it is, and
        is told of when the page is to go out."""
        typed: str = self.cleaned_data["sources"]
        member = self.for_user
        if not isinstance(member, Member):
            return typed
        found, missing = naming.sources_of(typed, member)
        return "\n".join(filter(None, [naming.lines_of(found), *missing]))

    def clean_message(self) -> str:
        return _within(self.cleaned_data["message"], Brief._meta.get_field("message").max_length)


def _within(words: str, most: int | None) -> str:
    if most is not None and len(words) > most:
        raise forms.ValidationError(_("At most %(most)s letters.") % {"most": most})
    return words
