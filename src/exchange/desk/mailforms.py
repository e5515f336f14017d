"""The shape of what hosts decide about mail and its addresses.
Used by the desk's view."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.desk import mailwords
from exchange.mail.inbound import Sender, sender_at
from exchange.mail.models import Mailbox
from exchange.mail.receiving import boxes
from exchange.taxonomy import vocabulary

_WHY_NOT = {
    "not-a-name": _("Please use small letters, digits, hyphens and dots alone."),
    "taken": _("This name means something else. Please choose another."),
    "there-already": _("There is such an address already."),
}


class MailForm(forms.Form):
    """What becomes of a mail that was kept for a host."""

    what = forms.ChoiceField(
        choices=[(code, code) for code in ("member", "not-for-us", "answered", "again")]
    )
    address = forms.EmailField(
        label=_("The member’s address at the Exchange"),
        required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    sender: Sender | None = None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("what") == "member" and "address" not in self.errors:
            self.sender = sender_at(given.get("address", ""))
            if self.sender is None:
                self.add_error("address", _("We know no member with this address."))
            else:
                given["address"] = self.sender.address
        return given


class BoxForm(forms.Form):
    """A new address."""

    local = forms.CharField(
        label=_("The part before the @"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    opens = forms.ChoiceField(
        label=_("What a mail to it opens"),
        choices=lambda: [(code, mailwords.OPENS[code]) for code in Mailbox.Opens.values],
    )
    hub = forms.ChoiceField(label=_("Which hub"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        hubs = [(word.slug, word.label) for word in vocabulary.terms("region")]
        self.fields["hub"].choices = [("", _("the whole Exchange")), *hubs]  # type: ignore[attr-defined]

    def clean_local(self) -> str:
        local: str = self.cleaned_data["local"].strip().lower()
        try:
            boxes.check_name(local)
        except boxes.BadName as why:
            raise forms.ValidationError(_WHY_NOT[why.code]) from None
        return local

    def refuse(self, why: boxes.BadName) -> None:
        """What only the table knew."""
        self.add_error("local", _WHY_NOT[why.code])
