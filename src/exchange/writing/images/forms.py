"""The form of a picture. The file is made anew by a program of its own before anything here opens it.
Named by the settings of the writing room."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.images.forms import BaseImageForm

from exchange.contributions.errors import Refused
from exchange.contributions.pictures import sandbox
from exchange.contributions.pictures.actions import Agreed, ConsentMissing, check_consent, judged
from exchange.contributions.pictures.forms import ACCEPTED, NOT_TAKEN
from exchange.core.time import now
from exchange.members.models import Member
from exchange.writing.models import RoomPicture


class CleanPicture(forms.FileField):
    """A file that was made anew; what was sent is not kept."""

    def to_python(self, data: Any) -> Any:
        given: Any = super().to_python(data)
        if given is None:
            return None
        try:
            made = sandbox.reencode(_real(given), given.size or 0)
        except sandbox.NotTaken as refusal:
            told = NOT_TAKEN.get(refusal.code, NOT_TAKEN["broken"])
            raise forms.ValidationError(told) from refusal
        largest = max(made.sizes, key=lambda one: one.width)
        return ContentFile(largest.data, name=f"{PurePath(given.name or 'picture').stem}.webp")


class RoomPictureForm(BaseImageForm):  # type: ignore[misc]
    """One picture: the file, what is in it, who can be recognised and how they agreed. Where many
    files come at once, each is described afterwards; until then none of them can go out."""

    def __init__(self, *positional: Any, user: Any = None, **named: Any) -> None:
        self.member = user
        super().__init__(*positional, user=user, **named)
        if "file" in self.fields:
            asked = self.fields["file"]
            self.fields["file"] = CleanPicture(
                label=RoomPicture._meta.get_field("file").verbose_name,
                help_text=_("Where and when it was taken is removed from it."),
                required=asked.required,
                allow_empty_file=True,
                max_length=250,
                widget=forms.FileInput(attrs={**asked.widget.attrs, "accept": ACCEPTED}),
                error_messages=asked.error_messages,  # the page for many asks for their words
            )
            self.fields["file"].max_upload_size = asked.max_upload_size
        for name in ("agreed_on", "until"):
            if name in self.fields:
                self.fields[name].widget = forms.DateInput(
                    attrs={"type": "date"}, format="%Y-%m-%d"
                )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean()
        if "alt" not in self.fields:
            return given
        if not given.get("alt") and "alt" not in self.errors:
            self.add_error("alt", _("Please say in a few words what is in the picture."))
        if not given.get("people") and "people" not in self.errors:
            self.add_error("people", _("Please say whether somebody can be recognised."))
        if given.get("people") == "consent":
            self._need_consent(given)
        if not self.errors:
            self._ask_gates(given)
        return given

    def _need_consent(self, given: dict[str, Any]) -> None:
        missing = [n for n in ("who", "how", "agreed_on", "use", "until") if not given.get(n)]
        for name in missing:
            if name not in self.errors:
                self.add_error(name, _("Please say this too: a consent needs it."))
        if self.errors:
            return
        try:
            agreed = Agreed(**{name: given[name] for name in RoomPicture.CONSENT})
            check_consent(agreed, now().date())
        except ConsentMissing as without:
            self.add_error("people", str(without.why))

    def _ask_gates(self, given: dict[str, Any]) -> None:
        if not isinstance(self.member, Member):
            return
        words = f"{given['alt']}\n\n{given.get('title', '')}"
        try:
            verdict = judged(alt=words, caption="", file_name="", by=self.member)
        except Refused:
            verdict = None
        if verdict is None or not verdict.passed:
            self.add_error("alt", _("These words cannot go out as they are. Please look again."))


def _real(given: Any) -> Any:
    """The file with its descriptor, which is handed to the program."""
    return given.file if given.file is not None else given
