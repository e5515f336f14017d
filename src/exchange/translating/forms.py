"""The shape of what is typed: paragraph beside paragraph, a word to the translator, a glossary term.
Used by views of this room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.contributions.forms import LONGEST_TEXT, CleanLine, CleanText
from exchange.core import languages
from exchange.core.languages import direction
from exchange.translating.glossary import Entry, Glossary
from exchange.translating.pieces import Piece


def language_choices(*, but: str = "") -> list[tuple[str, str]]:
    """Every language members write in, but one."""
    return [
        (code, languages.OWN_NAMES.get(code) or languages.named(code))
        for code in languages.SPOKEN
        if code != but
    ]


class IntoForm(forms.Form):
    """Into which language."""

    language = forms.ChoiceField(label=_("Into which language?"))

    def __init__(self, *positional: Any, source: str, first: str = "", **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["language"].choices = language_choices(but=source)  # type: ignore[attr-defined]
        self.fields["language"].initial = first


@dataclass(frozen=True)
class Row:
    """A paragraph of the original, the field under it, and the terms of the glossary in it."""

    piece: Piece
    field: forms.BoundField
    terms: list[Entry]


class PiecesForm(forms.Form):
    """A field for each paragraph of the original."""

    def __init__(
        self,
        *positional: Any,
        original: Sequence[Piece],
        language: str,
        typed: dict[str, list[str]],
        **named: Any,
    ) -> None:
        super().__init__(*positional, **named)
        self.original = original
        attributes = {"lang": language, "dir": direction(language)}
        for piece in original:
            words = typed.get(piece.name, [])
            initial = words[piece.number] if piece.number < len(words) else ""
            self.fields[piece.key] = _field(piece, attributes, initial)

    def rows(self, glossary: Glossary, source_language: str) -> Iterator[Row]:
        """Everything the editor shows, in the order of the original."""
        for piece in self.original:
            terms = glossary.found_in(piece.words, source_language)
            yield Row(piece, self[piece.key], terms)

    def typed(self) -> dict[str, list[str]]:
        """What was typed, by field of the original."""
        made: dict[str, list[str]] = {}
        for piece in self.original:
            made.setdefault(piece.name, []).append(self.cleaned_data.get(piece.key, ""))
        return made


def _field(piece: Piece, attributes: dict[str, str], initial: str) -> forms.CharField:
    label = _("The title") if piece.name == "title" else _("Your translation")
    if piece.name == "title":
        return CleanLine(
            label=label,
            required=False,
            max_length=300,
            initial=initial,
            widget=forms.TextInput(attrs={**attributes, "autocomplete": "off"}),
        )
    rows = min(12, max(2, len(piece.words) // 45))
    return CleanText(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        initial=initial,
        widget=forms.Textarea(attrs={**attributes, "rows": rows}),
    )


class NoteForm(forms.Form):
    """Words to the translator."""

    note = CleanText(
        label=_("What should be changed?"),
        help_text=_("The translator gets these words."),
        required=False,
        rows=4,
        max_length=2000,
    )


class RemarkForm(forms.Form):
    """Something is wrong in a translation."""

    words = CleanText(
        label=_("What is wrong, and how would you say it?"),
        help_text=_("The translator and the hosts get these words. Name nobody."),
        rows=5,
        max_length=2000,
        error_messages={"required": _("Please write a few words before you send.")},
    )


class TermForm(forms.Form):
    """One word of the glossary."""

    word = CleanLine(label=_("The word"), max_length=200)
    note = CleanLine(label=_("A note for translators"), required=False, max_length=400)


class NewTermForm(TermForm):
    """A term the glossary does not have yet, in English and one more language."""

    english = CleanLine(label=_("The term in English"), max_length=200)
    language = forms.ChoiceField(label=_("Language"))

    field_order = ("english", "language", "word", "note")

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, languages.OWN_NAMES[code]) for code in languages.INTERFACE if code != "en"
        ]
