"""What is typed about a collection: its title and words, a comment, which one a record goes to.
Called by the views of this matter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import CleanLine, CleanText
from exchange.core import languages

COMMENT = 500
_NEW = "new"


class ShelfForm(forms.Form):
    """Title and words of a collection."""

    title = CleanLine(label=_("What is the collection called?"), max_length=200)
    words = CleanText(
        label=_("What is it for, and for whom?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Written in"), choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = self.fields["language"]
        spoken.choices = [(one, languages.named(one)) for one in languages.SPOKEN]  # type: ignore[attr-defined]
        spoken.initial = languages.current()


class CommentForm(forms.Form):
    """A word on a record as it stands on a shelf."""

    comment = CleanLine(
        label=_("Why it stands here"),
        help_text=_("For whom is it useful, where did it work, what is missing? A line is enough."),
        max_length=COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class PuttingForm(CommentForm):
    """Into which collection a record goes: one of mine, or a new one."""

    shelf = forms.ChoiceField(label=_("Which collection?"), widget=forms.RadioSelect, choices=[])
    title = CleanLine(label=_("Name of the new collection"), max_length=200, required=False)
    field_order = ("shelf", "title", "comment")

    def __init__(self, *args: Any, shelves: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*shelves, (_NEW, _("a new collection"))]
        self.fields["shelf"].choices = choices  # type: ignore[attr-defined]
        self.fields["shelf"].initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given.setdefault("title", "")
        if given.get("shelf") == _NEW and not given["title"] and "title" not in self.errors:
            self.add_error("title", _("A new collection needs a name."))
        return given

    @property
    def is_new(self) -> bool:
        return bool(self.cleaned_data["shelf"] == _NEW)
