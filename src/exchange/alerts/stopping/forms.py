"""The one question of the stop page: to which address was the mail sent?
Used by `alerts.views.stopping` alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.mail.inbound import sender_at
from exchange.members.models import Member


class OwnerForm(forms.Form):
    """The address of the member whose mail this was. It is never shown."""

    address = forms.EmailField(
        label=_("The address this mail was sent to"),
        help_text=_("So that a copy that was passed on cannot change anything."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def __init__(self, *words: Any, member: Member, **named: Any) -> None:
        super().__init__(*words, **named)
        self._member = member
        self.is_somebody_else = False

    def clean_address(self) -> str:
        """Any address that is known to be theirs."""
        typed: str = self.cleaned_data["address"].strip()
        found = sender_at(typed)
        if found is None or found.person != self._member.pk:
            self.is_somebody_else = True
            raise forms.ValidationError(
                _("This mail was sent to another address, so nothing has changed.")
            )
        return typed
