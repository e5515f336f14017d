"""The shape of a channel as hosts type it.
Called by the views of channels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from exchange.announcing.models import Channel
from exchange.announcing.rules import LONGEST, may_reach
from exchange.announcing.webhooks.queries import kind_choices
from exchange.contributions.forms import CleanLine
from exchange.core import languages, reaching
from exchange.taxonomy import vocabulary

_BOXES = forms.CheckboxSelectMultiple


class ChannelForm(forms.Form):
    """A new channel, or other columns of one; then an empty address or secret leaves what is
    kept."""

    name = CleanLine(
        label=_("What hosts call it"),
        help_text=_("Such as “Our group on Mattermost”."),
        max_length=80,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("Its address"),
        help_text=_("It begins with https. It is kept locked and not shown again."),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off", "inputmode": "url"}),
    )
    form = forms.ChoiceField(label=_("What it understands"), choices=Channel.Form)
    kinds = forms.MultipleChoiceField(
        label=_("What it is told of"),
        help_text=_("Nothing chosen: everything that hosts publish."),
        required=False,
        widget=_BOXES,
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages"),
        help_text=_("Nothing chosen: in all."),
        required=False,
        widget=_BOXES,
    )
    hubs = forms.MultipleChoiceField(
        label=_("For which hubs"),
        help_text=_("Nothing chosen: for all, and what is for no hub in particular."),
        required=False,
        widget=_BOXES,
    )
    secret = forms.CharField(
        label=_("A secret to sign with"),
        help_text=_("Both sides know it. It is kept locked and not shown again."),
        max_length=200,
        min_length=16,
        required=False,
        widget=forms.PasswordInput({"autocomplete": "new-password", "dir": "ltr"}),
    )
    drops_secret = forms.BooleanField(label=_("Sign no more"), required=False)

    def __init__(self, *positional: Any, channel: Channel | None = None, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.channel = channel
        some: Any = self.fields
        some["kinds"].choices = kind_choices()
        some["languages"].choices = [
            (code, languages.OWN_NAMES[code]) for code in languages.INTERFACE
        ]
        some["hubs"].choices = vocabulary.choices("region")
        some["address"].required = channel is None
        if channel is None or not channel.secret:
            del some["drops_secret"]

    def clean_address(self) -> str:
        """Also looked up: a name that leads into a private network is refused at once. Before
        each message it is looked up again."""
        typed: str = self.cleaned_data["address"].strip()
        if not typed:
            return ""
        local = not settings.PRODUCTION
        if not may_reach(typed, local=local):
            raise forms.ValidationError(_("Please give a whole address that begins with https."))
        try:
            reaching.look_up(typed, may_be_this_machine=local)
        except reaching.NotReached as trouble:
            raise forms.ValidationError(_refused(trouble.code)) from None
        return typed

    def columns(self) -> dict[str, Any]:
        """As the actions of channels take them."""
        given = self.cleaned_data
        return {
            **{name: given[name] for name in ("name", "form", "address", "secret")},
            **{name: " ".join(given[name]) for name in ("kinds", "languages", "hubs")},
        }


def _refused(code: str) -> Any:
    if code == "address-not-public":
        return _("This address leads into a private network, where we send nothing.")
    return _("There is no server of this name. Please look at the address again.")


def initial(channel: Channel) -> dict[str, Any]:
    """What the form begins with; never the address or the secret."""
    return {
        "name": channel.name,
        "form": channel.form,
        **{name: getattr(channel, name).split() for name in ("kinds", "languages", "hubs")},
    }
