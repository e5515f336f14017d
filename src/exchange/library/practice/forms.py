"""The shapes of what people tell of a record: a use, a recommendation, what was given back.
Used by views; text is cleaned here, at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanLine, CleanText
from exchange.core import languages
from exchange.library.models import GiveBack, Resource, Use
from exchange.taxonomy import vocabulary

LONGEST_WORDS = 3000
NOT_SAID = _("I would rather not say")


def _tongues() -> list[tuple[str, str]]:
    return [
        (code, languages.OWN_NAMES.get(code) or languages.named(code)) for code in languages.SPOKEN
    ]


def _line() -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})


class _Told(forms.Form):
    """Where, and a few words: what a use and a word on what was received have in common."""

    country = forms.ChoiceField(label=_("In which country"), required=False)
    body = CleanText(
        label=_("What happened, in a few words"),
        help_text=_("It is shown with the answers to the record."),
        required=False,
        rows=5,
        max_length=LONGEST_WORDS,
    )
    language = forms.ChoiceField(label=_("The language you write in"), required=False)

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", NOT_SAID),
            *vocabulary.choices("country"),
        ]
        self.fields["language"].choices = _tongues()  # type: ignore[attr-defined]
        self.fields["language"].initial = languages.current()

    def language_given(self) -> str:
        return self.cleaned_data.get("language") or languages.current()


class UseForm(_Told):
    """How a record was used, and if they like where and what happened."""

    how = forms.ChoiceField(
        label=_("What did you do with it?"), widget=forms.RadioSelect, choices=Use.How.choices
    )
    setting = forms.ChoiceField(label=_("Where people live"), required=False)

    field_order = ("how", "country", "setting", "body", "language")

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["setting"].choices = [  # type: ignore[attr-defined]
            ("", NOT_SAID),
            *vocabulary.choices("setting"),
        ]


class ReceivedForm(_Told):
    """Whether what is told was received."""

    received = forms.ChoiceField(
        label=_("Did the results come back to you?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("We received this")), ("no", _("We did not"))],
    )

    field_order = ("received", "country", "body", "language")


class AdviceForm(forms.Form):
    """One thing a record recommends."""

    body = CleanText(
        label=_("What it recommends"),
        help_text=_("One thing, at most 600 characters, as an advice somebody can follow."),
        rows=4,
        max_length=600,
        error_messages={"required": _("Please write a few words before you send.")},
    )
    where = CleanLine(
        label=_("Where it stands in the document"),
        help_text=_("Such as: p. 12"),
        required=False,
        max_length=40,
        widget=_line(),
    )
    language = forms.ChoiceField(label=_("The language you write in"))

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["language"].choices = _tongues()  # type: ignore[attr-defined]
        self.fields["language"].initial = languages.current()


class GiveBackForm(forms.Form):
    """Which communities took part, and how the results went back to them."""

    communities = CleanLine(
        label=_("Which communities took part?"),
        help_text=_(
            "As groups and districts, such as “mothers' groups in two districts”. Never name a "
            "village or a person: people must not be found by what they told."
        ),
        max_length=500,
        widget=_line(),
        error_messages={"required": _("Please say which communities, as groups and districts.")},
    )
    form = forms.ChoiceField(label=_("In what form did results go back?"))
    how = CleanText(
        label=_("How did they go back, and to whom?"),
        help_text=_("If nothing has gone back yet: why, and what is planned?"),
        rows=5,
        max_length=LONGEST_WORDS,
        error_messages={"required": _("Please write a few words before you send.")},
    )
    spoken = forms.ChoiceField(label=_("In which language did they go back?"), required=False)
    link = forms.URLField(
        label=_("A link to what was given back"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )
    language = forms.ChoiceField(label=_("The language you write in"))

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        choices = {
            "form": GiveBack.Form.choices,
            "spoken": [("", _("I do not know")), *_tongues()],
            "language": _tongues(),
        }
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]
        self.fields["language"].initial = languages.current()

    def statement(self, resource: Resource) -> GiveBack:
        """What was typed, as a row that is not kept yet."""
        return GiveBack(resource=resource, **self.cleaned_data)
