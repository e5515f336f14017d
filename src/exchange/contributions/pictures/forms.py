"""The part of a form in which a picture is added: the file, what is in it, who can be recognised.
Used by the pages on which people share and answer; nothing in it is needed when no file is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.errors import Refused
from exchange.contributions.forms import CleanLine
from exchange.contributions.models import Consent
from exchange.contributions.pictures import sandbox
from exchange.contributions.pictures.actions import (
    Agreed,
    ConsentMissing,
    Ready,
    check_consent,
    judged,
)
from exchange.core.time import now
from exchange.members.models import Member

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PREFIX = "picture"
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,image/avif"

NOT_TAKEN: dict[str, _StrPromise] = {
    "empty": _("This file is empty. Please choose the picture again."),
    "too-large": _("This picture is larger than 12 MB. Please choose a smaller one."),
    "drawing": _("We cannot take drawings of the SVG kind. A photo or a PNG works."),
    "wrong-type": _("This is not a picture we know. JPEG, PNG, WebP, GIF, HEIC and AVIF work."),
    "two-things": _(
        "This file is a picture and something else at once, so we do not take it. A picture of "
        "your screen that shows it works."
    ),
    "broken": _("This picture is damaged or incomplete, so we could not open it. Try another."),
    "too-many-pixels": _("This picture has too many pixels. Up to 40 million work."),
    "too-heavy": _("Opening this picture took too long, so we stopped. Please try another one."),
    "busy": _("Many pictures are coming in just now. Please send it again in a minute."),
}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PictureForm(forms.Form):
    """One picture. `ready` is what may be added once the form is valid; None when no file came."""

    file = forms.FileField(
        label=_("The picture, up to 12 MB"),
        help_text=_("Where and when it was taken is removed from it before anybody sees it."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    alt = CleanLine(
        label=_("Say in a few words what is in it, for people who cannot see it"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    caption = CleanLine(
        label=_("A line to stand under it"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    people = forms.ChoiceField(
        label=_("Who can be recognised in it?"),
        help_text=_("By a face, a name, a school uniform, a house or a place."),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("nobody", _("No child can be recognised in it, and nobody else")),
            ("consent", _("Somebody can be recognised, and I have their consent")),
        ],
    )
    who = forms.ChoiceField(
        label=_("Who is it?"), required=False, choices=[("", "–"), *Consent.Who.choices]
    )
    person_agreed = forms.BooleanField(
        label=_("Everybody who can be recognised agreed, children too"), required=False
    )
    guardian_agreed = forms.BooleanField(
        label=_("For each child, a parent or guardian agreed as well"), required=False
    )
    how = forms.ChoiceField(
        label=_("How did they agree?"), required=False, choices=[("", "–"), *Consent.How.choices]
    )
    agreed_on = forms.DateField(label=_("On which day?"), required=False, widget=_day())
    use = forms.ChoiceField(
        label=_("To what did they agree?"),
        required=False,
        choices=[("", "–"), *Consent.Use.choices],
    )
    until = forms.DateField(
        label=_("Until which day? At most five years"), required=False, widget=_day()
    )

    CONSENT = ("who", "person_agreed", "guardian_agreed", "how", "agreed_on", "use", "until")
    ready: Ready | None = None

    def __init__(self, *positional: Any, member: Member | None = None, **named: Any) -> None:
        super().__init__(*positional, **{**named, "prefix": PREFIX})
        self.member = member

    @classmethod
    def begun(cls, kept: dict[str, Any]) -> PictureForm:
        """An empty one, or with the words somebody typed before they had to sign in."""
        start = f"{PREFIX}-"
        initial = {
            name.removeprefix(start): value
            for name, value in kept.items()
            if name.startswith(start)
        }
        return cls(initial=initial)

    @property
    def is_open(self) -> bool:
        """Whether the part stands open: something was begun in it."""
        given = self.data if self.is_bound else self.initial
        start = f"{PREFIX}-" if self.is_bound else ""
        return bool(
            self.had_file or self.errors or any(given.get(start + n) for n in ("alt", "people"))
        )

    @property
    def had_file(self) -> bool:
        """A browser gives no file back: when the page is shown again it must be chosen again."""
        return f"{PREFIX}-file" in self.files

    @property
    def consent_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.CONSENT]

    @property
    def consent_is_open(self) -> bool:
        given = self["people"].value()
        return given == "consent" or any(name in self.errors for name in self.CONSENT)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file = given.get("file")
        if file is None:
            if given.get("alt") or given.get("caption"):
                self.add_error(
                    "file",
                    _("No picture is chosen. Choose it again, or empty the lines below it."),
                )
            return given
        self._need_words(given)
        consent = self._consent(given)
        verdict = None if self.errors else self._verdict(given, file.name or "")
        if verdict is not None and self.member is not None:
            picture = self._reencoded(file)
            if picture is not None:
                self.ready = Ready(picture, given["alt"], given["caption"], consent, verdict)
        return given

    def _need_words(self, given: dict[str, Any]) -> None:
        if not given.get("alt") and "alt" not in self.errors:
            self.add_error("alt", _("Please say in a few words what is in the picture."))
        if not given.get("people") and "people" not in self.errors:
            self.add_error("people", _("Please say whether somebody can be recognised."))

    def _consent(self, given: dict[str, Any]) -> Agreed | None:
        if given.get("people") != "consent":
            return None
        missing = [n for n in ("who", "how", "agreed_on", "use", "until") if not given.get(n)]
        for name in missing:
            if name not in self.errors:
                self.add_error(name, _("Please say this too: a consent needs it."))
        if self.errors:
            return None
        consent = Agreed(**{name: given[name] for name in self.CONSENT})
        try:
            check_consent(consent, now().date())
        except ConsentMissing as missing_consent:
            self.add_error("people", str(missing_consent.why))
            return None
        return consent

    def _verdict(self, given: dict[str, Any], name: str) -> Any:
        if self.member is None:
            return None
        try:
            return judged(
                alt=given["alt"], caption=given["caption"], file_name=name, by=self.member
            )
        except Refused:
            self.add_error("alt", _("These words cannot go out as they are. Please look again."))
            return None

    def _reencoded(self, file: Any) -> sandbox.Reencoded | None:
        try:
            return sandbox.reencode(file.file, file.size)
        except sandbox.NotTaken as refusal:
            self.add_error("file", NOT_TAKEN.get(refusal.code, NOT_TAKEN["broken"]))
            return None
