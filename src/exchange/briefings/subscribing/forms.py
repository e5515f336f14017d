"""What people give to get the newsletter, to change it or to stop it; and what hosts paste.
Called by the views of subscribing."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from exchange.briefings.models import Subscriber
from exchange.briefings.subscribing import queries, rules
from exchange.core.languages import INTERFACE, OWN_NAMES, current
from exchange.members.forms import AddressField

_BETWEEN = re.compile(r"[\s,;<>\"']+")


class ChoiceForm(forms.Form):
    """In which language, and of which hub."""

    language = forms.ChoiceField(
        label=_("Language of the newsletter"),
        choices=[(code, OWN_NAMES[code]) for code in INTERFACE],
    )
    hub = forms.ChoiceField(
        label=_("Your hub"),
        required=False,
        help_text=_("Some hubs have an edition of their own. Without one you get the general one."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("No hub: the general edition")), *rules.hubs()]
        self.fields["hub"].choices = choices  # type: ignore[attr-defined]
        self.fields["language"].initial = rules.language_of(current())


class SubscribeForm(ChoiceForm):
    """Without an account: an address that its owner confirms."""

    email = AddressField(
        help_text=_("We write to it once and ask. Without a yes from there nothing is sent.")
    )
    field_order = ("email", "language", "hub")


class AddressForm(forms.Form):
    """To which address a mail was sent; it is never shown."""

    address = forms.EmailField(
        label=_("The address this mail was sent to"),
        help_text=_("So that a copy that was passed on cannot change anything."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, subscriber: Subscriber, **options: Any) -> None:
        super().__init__(*args, **options)
        self._subscriber = subscriber
        self.is_somebody_else = False

    def clean_address(self) -> str:
        typed: str = self.cleaned_data["address"].strip()
        if not queries.is_theirs(self._subscriber, typed):
            self.is_somebody_else = True
            raise ValidationError(
                _("This mail was sent to another address, so nothing has changed.")
            )
        return typed


class FindForm(forms.Form):
    """One exact address, to help a person."""

    address = AddressField(
        label=_("Find one address"),
        help_text=_("The whole address, letter for letter. Addresses are never listed here."),
    )


class PasteForm(ChoiceForm):
    """Addresses that somebody gave to a host, to be asked."""

    addresses = forms.CharField(
        label=_("Addresses to ask"),
        help_text=_("One on each line, at most 500. Each is asked once by mail; nobody is put in."),
        widget=forms.Textarea({"rows": 6, "dir": "ltr", "spellcheck": "false"}),
        max_length=60_000,
    )
    field_order = ("addresses", "language", "hub")

    def clean_addresses(self) -> list[str]:
        """Each once; what is no address is left out."""
        words = [word.lower() for word in _BETWEEN.split(self.cleaned_data["addresses"])]
        found = list(dict.fromkeys(word for word in words if _is_address(word)))
        if not found:
            raise ValidationError(_("There is no whole address in it."))
        if len(found) > rules.MOST_AT_ONCE:
            raise ValidationError(_("These are more than 500. Please ask them in parts."))
        return found


def _is_address(word: str) -> bool:
    if "@" not in word or len(word) > 254:
        return False
    try:
        validate_email(word)
    except ValidationError:
        return False
    return True
