"""The shape of a private message and of the choices about them; text is cleaned here, at the door.
Used by views."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanText
from exchange.core import ids
from exchange.corresponding import rules
from exchange.corresponding.models import Choice
from exchange.mail.inbound import sender_at
from exchange.members.forms import AddressField
from exchange.members.models import Member


class MessageForm(forms.Form):
    """What somebody writes to one other person."""

    text = CleanText(
        label=_("Your message"),
        rows=5,
        max_length=rules.LONGEST,
        error_messages={"required": _("Please write a few words before you send.")},
    )
    once = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_first: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["once"].initial = ids.new_id()
        if is_first:
            self.fields["text"] = CleanText(
                label=_("Your message"),
                help_text=_("Who are you, and what would you like to write about?"),
                rows=5,
                max_length=rules.LONGEST_FIRST,
                error_messages={"required": _("Please write a few words before you send.")},
            )

    def clean_once(self) -> str:
        return ids.sent_back(self.cleaned_data["once"]) or ids.new_id()


class ChoiceForm(forms.Form):
    """Who may write, and whether it comes by mail."""

    from_whom = forms.ChoiceField(
        label=_("Who may write to me?"),
        choices=Choice.FromWhom.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "With whom you write already, you go on. Whoever may not write to you is told that you"
            " take no messages at present."
        ),
    )
    by_mail = forms.BooleanField(
        label=_("Messages come to my mail as well, and I can answer there"), required=False
    )


class OwnerForm(forms.Form):
    """The address a letter went to, so that a copy that was passed on changes nothing."""

    address = AddressField(label=_("The address this mail was sent to"))

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self._member = member

    def clean_address(self) -> str:
        typed: str = self.cleaned_data["address"]
        found = sender_at(typed)
        if found is None or found.person != self._member.pk:
            raise forms.ValidationError(
                _("This mail was sent to another address, so nothing has changed.")
            )
        return typed
