"""The shape of a letter to the hosts, and of what hosts answer.
Used by the contact page and by the desk's pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from exchange.contacting.actions.receiving import Circumstances, Letter
from exchange.contacting.models import Contact
from exchange.contacting.rules import LONGEST, LONGEST_ANSWER
from exchange.contributions.forms import CleanLine, CleanText
from exchange.core import ids
from exchange.core.languages import INTERFACE, OWN_NAMES, current
from exchange.core.time import now
from exchange.members.forms import AddressField, NameField
from exchange.members.models import Member

# Chosen, it leads to the page for that at once; nothing is kept here.
WORRY = "worry"
_SALT = "exchange.contacting.shown"
_LANGUAGES = [(code, OWN_NAMES[code]) for code in INTERFACE]


class ContactForm(forms.Form):
    """What it is about, the words, and where an answer goes."""

    about = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        choices=[*Contact.About.choices, (WORRY, _("I am worried about a child"))],
        initial=Contact.About.QUESTION,
    )
    words = CleanText(
        label=_("Your words to the hosts"),
        rows=6,
        max_length=LONGEST,
        help_text=_("No names of children, please, and nothing that could point to one."),
        error_messages={"required": _("Please write a few words.")},
    )
    address = AddressField(
        label=_("Your e-mail address, for the answer"),
        help_text=_("Hosts alone see it. A year after the last word it is forgotten."),
    )
    name = NameField(
        label=_("How may we call you?"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(label=_("The language of our answer"), choices=_LANGUAGES)
    # People do not see it; programs fill in everything there is.
    more = forms.CharField(required=False, max_length=200)
    shown = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    once = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Member | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.member = member
        self.fields["language"].initial = current()
        self.fields["shown"].initial = signing.dumps(int(now().timestamp()), salt=_SALT)
        self.fields["once"].initial = ids.new_id()
        if member is not None:
            # Of a member both are known.
            del self.fields["address"], self.fields["name"]

    @property
    def seen(self) -> list[forms.BoundField]:
        """What people fill in."""
        return [self[name] for name in self.fields if name not in ("more", "shown", "once")]

    @property
    def is_a_worry(self) -> bool:
        return self.data.get("about") == WORRY

    @property
    def letter(self) -> Letter:
        told = self.cleaned_data
        return Letter(
            text=told["words"],
            about=told["about"],
            language=told["language"],
            name=told.get("name", ""),
            address=told.get("address", ""),
            member=self.member,
        )

    @property
    def how(self) -> Circumstances:
        told = self.cleaned_data
        return Circumstances(
            trap=told["more"],
            shown_at=_moment(told["shown"]),
            once_key=ids.sent_back(told["once"]) or ids.new_id(),
        )


class AnswerForm(forms.Form):
    """A host's answer; `seen` is the last word the host read."""

    text = CleanText(
        label=_("Your answer"),
        rows=7,
        max_length=LONGEST_ANSWER,
        error_messages={"required": _("Please write a few words.")},
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    once = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean_once(self) -> str:
        return ids.sent_back(self.cleaned_data["once"]) or ids.new_id()


class ReadyForm(forms.Form):
    """A short answer to keep."""

    title = CleanLine(label=_("What it is for"), max_length=80)
    language = forms.ChoiceField(label=_("Language"), choices=_LANGUAGES)
    ready_text = CleanText(label=_("The words"), rows=4, max_length=LONGEST_ANSWER)


def _moment(shown: str) -> datetime | None:
    """When the page was made; nothing if that was lost on the way."""
    try:
        return datetime.fromtimestamp(signing.loads(shown, salt=_SALT), tz=UTC)
    except (signing.BadSignature, TypeError, ValueError, OverflowError, OSError):
        return None
