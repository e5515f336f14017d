"""The shape of a number, a code and a browser's keys as they come from a page.
Called by the views of this matter."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.alerts.channels import gateways
from exchange.core.text import clean_line

_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")


class NumberForm(forms.Form):
    """A number with a gateway; numbers as E.164 writes them."""

    gateway = forms.ChoiceField(label=_("By which way"))
    address = forms.CharField(
        label=_("Your number, with the code of the country"),
        help_text=_("Such as +254 700 000 000. Nobody else sees it."),
        max_length=60,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}),
        error_messages={"required": _("Please write your number.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(one.name, one.label) for one in gateways.every().values()]
        self.fields["gateway"].choices = choices  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        """ "+254700000000", whatever spaces and marks were typed; digits of every script."""
        typed = clean_line(self.cleaned_data["address"])
        digits = "".join(str(int(letter)) for letter in typed if letter.isdecimal())
        if not typed.startswith(("+", "＋")) and not digits.startswith("00"):
            raise forms.ValidationError(
                _("Please begin with + and the code of your country, such as +254.")
            )
        number = f"+{digits.removeprefix('00')}"
        if not _PHONE.fullmatch(number):
            raise forms.ValidationError(_("This is not a whole number. Please look at it again."))
        return number


class CodeForm(forms.Form):
    """The six digits that were sent."""

    code = forms.CharField(
        label=_("The code we sent you"),
        max_length=12,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}
        ),
        error_messages={"required": _("Please type the code.")},
    )

    def clean_code(self) -> str:
        typed: str = self.cleaned_data["code"]
        return "".join(str(int(letter)) for letter in typed if letter.isdecimal())


class DeviceForm(forms.Form):
    """What a browser gives for being told; its script fills it in."""

    endpoint = forms.CharField(max_length=500)
    key = forms.CharField(max_length=120)
    secret = forms.CharField(max_length=60)
