"""The shape of what people type when they join, sign in and tell of themselves.
Called by the views of this room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from exchange.core import languages
from exchange.core.text import clean, clean_line, clean_name
from exchange.members import showing
from exchange.members.actions import About
from exchange.members.models import Agreement, Member
from exchange.members.naming import Problem, problem_with_line, problem_with_name
from exchange.members.rules import LANGUAGES_AT_MOST, LINES, TOPICS_AT_MOST
from exchange.taxonomy import vocabulary

_LANGUAGE_LABELS = (
    _("The language you like best"),
    _("A second language"),
    _("A third language"),
    _("A fourth language"),
)


class LineField(forms.CharField):
    """One line of typed text, cleaned of what cannot be seen before its length is counted."""

    def to_python(self, value: Any) -> str:
        return clean_line((super().to_python(value) or "").replace("\x00", ""))


class NameField(LineField):
    """A name people are known by."""

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value))


class AddressField(forms.EmailField):
    """An e-mail address as people type it on a phone: capitals and spaces do not matter."""

    def __init__(self, **options: Any) -> None:
        attributes = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        options.setdefault("label", _("Your e-mail address"))
        options.setdefault("widget", forms.EmailInput(attributes))
        wrong = _("Please write the whole address, such as amina@example.org.")
        super().__init__(
            max_length=254, error_messages={"invalid": wrong, "required": wrong}, **options
        )

    def to_python(self, value: Any) -> str:
        return clean("".join((super().to_python(value) or "").replace("\x00", "").split())).lower()


class SignInForm(forms.Form):
    """The one door: an address."""

    email = AddressField()


class CodeForm(forms.Form):
    """The code from the mail. Dashes, spaces and capitals do not matter."""

    code = forms.CharField(
        label=_("Code"),
        error_messages={"required": _("Please type the code from the mail.")},
        max_length=40,
        widget=forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "placeholder": "ABC-DEF",
                "dir": "ltr",
            }
        ),
    )


class AgreementForm(forms.Form):
    """What has to be declared or accepted, in the version of today; all of it is needed."""

    def __init__(self, *args: Any, asked: list[Agreement.What], **options: Any) -> None:
        super().__init__(*args, **options)
        for what in asked:
            self.fields[what.value] = _agreement(what)


class AboutForm(forms.Form):
    """What people tell of themselves. Nothing of it is needed."""

    display_name = NameField(
        label=_("The name others see"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "nickname"}),
        help_text=_("A pseudonym is fine. Left empty, you are shown as “A practitioner”."),
    )
    country = forms.ChoiceField(label=_("Your country"), required=False)
    role = LineField(
        label=_("What you do"),
        max_length=120,
        required=False,
        help_text=_("In a few words, such as: para social worker, programme officer, teacher."),
    )
    practice = LineField(
        label=_("What you work on"),
        max_length=300,
        required=False,
        help_text=_("In a few words, such as: foster care, village committees, youth groups."),
    )

    def __init__(self, *args: Any, member: Member | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.member = member
        self.fields["country"] = forms.ChoiceField(
            label=_("Your country"),
            required=False,
            choices=[("", _("I would rather not say")), *vocabulary.choices("country")],
            widget=forms.Select({"autocomplete": "country"}),
        )
        spoken = sorted(((code, languages.named(code)) for code in languages.SPOKEN), key=_by_name)
        for number, label in enumerate(_LANGUAGE_LABELS, start=1):
            self.fields[f"language_{number}"] = forms.ChoiceField(
                label=label, required=False, choices=[("", _("None")), *spoken]
            )

    @property
    def language_fields(self) -> list[forms.BoundField]:
        return [self[f"language_{number}"] for number in range(1, LANGUAGES_AT_MOST + 1)]

    def clean_display_name(self) -> str:
        name: str = self.cleaned_data["display_name"]
        return _stands(name, problem_with_name(name, member=self.member))

    def clean_role(self) -> str:
        line: str = self.cleaned_data["role"]
        return _stands(line, problem_with_line(line, member=self.member))

    def clean_practice(self) -> str:
        line: str = self.cleaned_data["practice"]
        return _stands(line, problem_with_line(line, member=self.member))

    @property
    def about(self) -> About:
        """What a valid form says."""
        told = self.cleaned_data
        return About(
            display_name=told["display_name"],
            country=told["country"],
            languages=tuple(told[field.name] for field in self.language_fields),
            role=told["role"],
            practice=told["practice"],
        )


class JoinForm(AboutForm):
    """Everything asked of a newcomer, on one page."""

    email = AddressField(
        help_text=_("Nobody else sees it. We send you a code, and later only what you ask for.")
    )
    field_order = ("email", "display_name")

    def __init__(self, *args: Any, proven: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        for what in Agreement.What:
            self.fields[what.value] = _agreement(what)
        self.proven = proven
        if proven:
            del self.fields["email"]

    @property
    def email_address(self) -> str:
        address: str = self.proven or self.cleaned_data["email"]
        return address

    @property
    def tells_more(self) -> bool:
        """Whether the folded part of the page has to stand open."""
        folded = ("country", "role", "practice", *(field.name for field in self.language_fields))
        return any(name in self.errors for name in folded)


class ProfileForm(AboutForm):
    """Everything somebody may tell of themselves, and for each part who sees it."""

    topics = forms.MultipleChoiceField(
        label=_("Your areas of practice"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=format_lazy(_("Up to {most}."), most=TOPICS_AT_MOST),
    )
    settings = forms.MultipleChoiceField(
        label=_("Where you work"), required=False, widget=forms.CheckboxSelectMultiple
    )
    place = LineField(
        label=_("A place in your country"),
        max_length=60,
        required=False,
        help_text=_(
            "Only if it is safe for you and the children you work with: with your work and your"
            " language, a district can be enough to find you. Leave it empty when you are not sure."
        ),
    )
    helps_with = LineField(
        label=_("What you can help with"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Such as: training para social workers, talking with elders, small budgets."),
    )
    seeks = LineField(
        label=_("What you are looking for"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Such as: partners near the lake, a mentor, tools in Kiswahili."),
    )
    may_be_offered = forms.BooleanField(
        label=_("You may ask me now and then whether I can help with a question"), required=False
    )
    listing = forms.ChoiceField(
        label=_("In the directory of people"),
        widget=forms.RadioSelect,
        choices=(
            ("", _("I do not stand there")),
            (showing.MEMBERS, _("Members find me there")),
            (showing.EVERYBODY, _("Everybody finds me there")),
        ),
        required=False,
        help_text=_("You are found there only by what the reader may see of you."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["topics"].choices = vocabulary.choices("topic")  # type: ignore[attr-defined]
        self.fields["settings"].choices = vocabulary.choices("setting")  # type: ignore[attr-defined]
        for name, (label, _default) in showing.FIELDS.items():
            self.fields[f"shown_{name}"] = forms.ChoiceField(
                label=str(label), required=False, choices=showing.CIRCLES
            )

    @property
    def circles(self) -> list[forms.BoundField]:
        return [self[f"shown_{name}"] for name in showing.FIELDS]

    def clean_topics(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["topics"]
        if len(chosen) > TOPICS_AT_MOST:
            words = _("Please choose %(most)s at most: those you know best.")
            raise forms.ValidationError(words % {"most": TOPICS_AT_MOST})
        return chosen

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name in LINES[2:]:
            problem = problem_with_line(told.get(name, ""), member=self.member)
            if problem:
                self.add_error(name, str(problem.words))
        return told

    @property
    def about(self) -> About:
        told = self.cleaned_data
        circles = {name: told[f"shown_{name}"] for name in showing.FIELDS}
        if told["listing"]:
            circles[showing.DIRECTORY] = told["listing"]
        return replace(
            super().about,
            topics=tuple(told["topics"]),
            settings=tuple(told["settings"]),
            place=told["place"],
            helps_with=told["helps_with"],
            seeks=told["seeks"],
            shown_to=circles,
            is_listed=bool(told["listing"]),
            may_be_offered=told["may_be_offered"],
        )


class LeavingForm(forms.Form):
    """What becomes of one's words, and the address typed, so that nobody leaves by a slip."""

    words = forms.ChoiceField(
        label=_("What becomes of what you wrote?"),
        widget=forms.RadioSelect,
        choices=(
            ("stay", _("My words stay, without my name")),
            ("go", _("My words go too")),
        ),
        error_messages={"required": _("Please choose one of the two.")},
    )
    address = AddressField(
        label=_("Your e-mail address, to be sure"),
        widget=forms.EmailInput({"autocomplete": "off", "autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.member = member

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address != self.member.email.lower():
            raise forms.ValidationError(_("This is not the address of this account."))
        return address


def told_by(member: Member) -> dict[str, Any]:
    """A member's present profile, as a form begins with it."""
    spoken = {f"language_{place}": code for place, code in enumerate(member.language_codes, 1)}
    fields = ("display_name", "country", *LINES, "may_be_offered")
    return {
        **{field: getattr(member, field) for field in fields},
        **spoken,
        "topics": member.topic_slugs,
        "settings": member.setting_slugs,
        "listing": showing.chosen(member, showing.DIRECTORY) if member.is_listed else "",
        **{f"shown_{name}": showing.chosen(member, name) for name in showing.FIELDS},
    }


def _agreement(what: Agreement.What) -> forms.BooleanField:
    needed = {
        Agreement.What.ADULT: _(
            "The Exchange is for adults. Please tick this if you are 18 or older."
        ),
        Agreement.What.CONDUCT: _("Please read the code of conduct and tick this to accept it."),
    }
    return forms.BooleanField(
        label=what.label,
        error_messages={"required": needed[what]},
        help_text=_conduct() if what is Agreement.What.CONDUCT else "",
    )


def _conduct() -> SafeString:
    """A link that opens beside the form, so that nothing typed is lost."""
    words = _("Read the code of conduct: one page, in plain words.")
    return format_html('<a href="{}" target="_blank">{}</a>', reverse("pages:conduct"), words)


def _stands(text: str, problem: Problem | None) -> str:
    if problem:
        raise forms.ValidationError(str(problem.words))
    return text


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()
