"""The form with which a file is sent to a record that stands already.
Used by the pages of files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanLine
from exchange.core.languages import SPOKEN, named
from exchange.library.files.kinds import ACCEPTED


class FileForm(forms.Form):
    """One file, what it is, and its language."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "PDF, Word (DOCX), PowerPoint (PPTX), OpenDocument text, EPUB, MP3, Ogg, M4A, plain "
            "text or a picture. Names of authors, places in photos and scripts are taken out."
        ),
        allow_empty_file=True,
        error_messages={"required": _("Please choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    label = CleanLine(
        label=_("What is it? For example: the annex, the summary in Swahili"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Its language"), required=False)

    def __init__(self, *positional: Any, **options: Any) -> None:
        super().__init__(*positional, **options)
        if "language" in self.fields:
            spoken = sorted(((code, named(code)) for code in SPOKEN), key=lambda one: one[1])
            self.fields["language"].choices = [("", "–"), *spoken]  # type: ignore[attr-defined]
        most = settings.LARGEST_LIBRARY_FILE // 1_000_000
        self.fields["file"].label = _("The file, up to %(most)s MB") % {"most": most}


class NewVersionForm(FileForm):
    """The file alone: what it is and its language stay."""

    label = None  # type: ignore[assignment]
    language = None  # type: ignore[assignment]
