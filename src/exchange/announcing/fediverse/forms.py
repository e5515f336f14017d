"""The shape of the account and of a server's name as hosts type them.
Called by the hosts' page of the fediverse."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.announcing.models import Actor
from exchange.contributions.forms import CleanLine

_HANDLE = re.compile(r"[a-z0-9_]{2,30}")
# They mean something else in our addresses.
_TAKEN = ("items", "nodeinfo")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


class AccountForm(forms.Form):
    """Name, handle and a line about us. The handle is chosen once."""

    name = CleanLine(
        label=_("The name it is shown with"),
        max_length=80,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    handle = forms.CharField(
        label=_("Its handle"),
        help_text=_("What people type to find it. It cannot be changed later."),
        max_length=30,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off", "autocapitalize": "none"}),
    )
    summary = CleanLine(
        label=_("One line about us"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *positional: Any, actor: Actor | None = None, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.actor = actor
        if actor is not None:
            del self.fields["handle"]

    def clean_handle(self) -> str:
        typed: str = self.cleaned_data["handle"].strip().lower().lstrip("@")
        if not _HANDLE.fullmatch(typed) or typed in _TAKEN:
            raise forms.ValidationError(
                _("Two to thirty small letters from a to z, digits and _, please.")
            )
        return typed

    def columns(self) -> dict[str, str]:
        """As `switch_on` takes them."""
        given = self.cleaned_data
        handle = self.actor.handle if self.actor else given["handle"]
        return {"name": given["name"], "handle": handle, "summary": given["summary"]}


class DomainForm(forms.Form):
    """The name of a server that is to be kept out."""

    domain = forms.CharField(
        label=_("The name of a server"),
        help_text=_("Such as example.social; what is below it is kept out as well."),
        max_length=255,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_domain(self) -> str:
        typed: str = self.cleaned_data["domain"].strip().lower().strip(".")
        typed = typed.removeprefix("https://").partition("/")[0].rpartition("@")[2]
        try:
            typed = typed.encode("idna").decode()
        except UnicodeError:
            typed = ""
        if not _DOMAIN.fullmatch(typed):
            raise forms.ValidationError(_("Please give the name of a server, like example.social."))
        return typed
