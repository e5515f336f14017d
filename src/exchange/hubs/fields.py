"""Fields of forms: words cleaned of what cannot be seen, before their length is counted.
Used by the forms of this room."""

from __future__ import annotations

from typing import Any

from django import forms

from exchange.core.text import clean, clean_line


class Line(forms.CharField):
    """One line."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class Text(forms.CharField):
    """Several lines."""

    def __init__(self, *, rows: int = 5, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows, "dir": "auto"}))
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "").strip()
