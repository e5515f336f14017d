"""Which months somebody asks for: one of the list, or two months of their own.
Called by the views of this matter."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.desk.figures import periods
from exchange.desk.figures.periods import NoPeriod, Period


class PeriodForm(forms.Form):
    """By GET; what is left empty means this month."""

    period = forms.CharField(label=_("Time"), required=False, max_length=20)
    since = forms.CharField(
        label=_("Or from one month"),
        required=False,
        max_length=7,
        help_text=_("As 2026-02: the year, then the month."),
    )
    until = forms.CharField(label=_("to another"), required=False, max_length=7)

    def __init__(self, given: Any) -> None:
        super().__init__(given)
        offered = periods.offered()
        asked = str(given.get("period", ""))[:20]
        known = {code for code, _label in offered}
        self.chosen: Period | None = None
        if asked and asked not in known:
            with suppress(NoPeriod):
                offered.insert(0, (periods.read(asked).code, periods.read(asked).label))
        self.fields["period"].widget = forms.Select(choices=offered)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since", ""), given.get("until", "")
        try:
            if since or until:
                self.chosen = periods.spanning(since or until, until or since)
            elif given.get("period"):
                self.chosen = periods.read(given["period"])
        except NoPeriod as wrong:
            message = _("Please write months that have begun, ten years at most: 2026-02.")
            raise forms.ValidationError(message) from wrong
        return given

    @property
    def asked_for(self) -> Period:
        """What is shown: this month where nothing fitting was asked for."""
        return self.chosen or periods.one(periods.this_month())
