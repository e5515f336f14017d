"""The shape of what hosts type when they invite.
Called by the views of this matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from exchange.core.languages import INTERFACE, OWN_NAMES
from exchange.core.text import clean
from exchange.hubs.inviting import rules
from exchange.hubs.models import Membership, Space

_ROLES = [
    (Membership.Role.MEMBER, _("members: they read and write")),
    (Membership.Role.GUEST, _("guests: they read")),
]


class ListForm(forms.Form):
    """Addresses in one paste, however they are parted."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("Paste the whole list, up to 100: one a line, or with commas, with names or without. Each person gets one letter, and decides."),
        max_length=rules.LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 8, "dir": "auto", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Please paste the addresses.")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the letter"),
        help_text=_("Who is a member already gets it in their own language."),
    )
    role = forms.ChoiceField(label=_("They come in as"), choices=_ROLES)

    def __init__(self, *positional: Any, space: Space, **named: Any) -> None:
        super().__init__(*positional, **named)
        own = [code for code in space.language_codes if code in INTERFACE]
        order = [*own, *(code for code in INTERFACE if code not in own)]
        some: Any = self.fields
        some["language"].choices = [(code, OWN_NAMES[code]) for code in order]
        self.list = rules.Read()

    def clean_addresses(self) -> str:
        typed = clean(self.cleaned_data["addresses"].replace("\x00", ""))
        self.list = rules.read(typed)
        if not self.list.people and not self.list.wrong:
            raise forms.ValidationError(_("Please paste the addresses."))
        if len(self.list.people) > rules.MOST_AT_ONCE:
            raise forms.ValidationError(
                ngettext(
                    "That is %(n)d address. Please invite at most 100 at once.",
                    "These are %(n)d addresses. Please invite at most 100 at once.",
                    len(self.list.people),
                )
                % {"n": len(self.list.people)}
            )
        return typed


class LinkForm(forms.Form):
    """A link: for how many, for how long, as what."""

    role = forms.ChoiceField(label=_("They come in as"), choices=_ROLES)
    people = forms.TypedChoiceField(
        label=_("For how many people"),
        coerce=int,
        choices=[(n, str(n)) for n in rules.LINK_PEOPLE],
        initial=25,
    )
    days = forms.TypedChoiceField(
        label=_("For how many days"),
        coerce=int,
        choices=[(n, str(n)) for n in rules.LINK_DAYS],
        initial=14,
    )
