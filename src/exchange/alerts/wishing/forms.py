"""How a member wants mail, as it is chosen on a page; and a pause.
Called by the views of this matter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from exchange.alerts.models import Wishes
from exchange.core import zones
from exchange.core.time import now
from exchange.members.models import Member

_HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]
_MOST = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100)
_PAUSES = [
    ("7", _("a week")),
    ("14", _("two weeks")),
    ("30", _("a month")),
    ("91", _("three months")),
]


def _hour(value: str) -> int | None:
    return int(value) if value else None


class WishesForm(forms.Form):
    """Everything but the pause. Quiet hours need both ends, or neither."""

    rhythm = forms.ChoiceField(
        label=_("My digest comes"), choices=Wishes.Rhythm.choices, widget=forms.RadioSelect
    )
    weekday = forms.TypedChoiceField(
        label=_("On which day?"),
        help_text=_("Of a monthly digest it is the first such day of the month."),
        choices=lambda: [(str(number), name) for number, name in WEEKDAYS.items()],
        coerce=int,
    )
    hour = forms.TypedChoiceField(label=_("At what hour?"), choices=_HOURS, coerce=int)
    timezone = forms.ChoiceField(label=_("Whose clock?"))
    quiet_from = forms.TypedChoiceField(
        label=_("No mail from"),
        help_text=_("What comes in these hours waits for their end."),
        choices=[("", _("no quiet hours")), *_HOURS],
        coerce=_hour,
        empty_value=None,
        required=False,
    )
    quiet_until = forms.TypedChoiceField(
        label=_("until"),
        choices=[("", _("no quiet hours")), *_HOURS],
        coerce=_hour,
        empty_value=None,
        required=False,
    )
    most_a_week = forms.TypedChoiceField(
        label=_("How many mails a week at most?"),
        help_text=_("What is over goes into your digest. Mails you ask for do not count."),
        choices=[(str(n), str(n)) for n in _MOST],
        coerce=int,
    )
    content = forms.ChoiceField(
        label=_("What may stand in them?"),
        choices=Wishes.Content.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, member: Member, wishes: Wishes, **options: Any) -> None:
        begun = {name: getattr(wishes, name) for name in self.base_fields}
        options["initial"] = {**begun, **(options.get("initial") or {})}
        super().__init__(*args, **options)
        self.fields["timezone"] = forms.ChoiceField(
            label=self.fields["timezone"].label,
            choices=zones.choices(member.country, also=wishes.timezone),
        )
        most = self.fields["most_a_week"]
        self.fields["most_a_week"] = forms.TypedChoiceField(
            label=most.label,
            help_text=most.help_text,
            choices=[(str(n), str(n)) for n in sorted({*_MOST, wishes.most_a_week})],
            coerce=int,
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        ends = [given.get("quiet_from"), given.get("quiet_until")]
        if not self.errors and ends.count(None) == 1:
            self.add_error("quiet_until", _("Choose both hours, or neither."))
        return given


class PauseForm(forms.Form):
    """For how long nothing is sent."""

    days = forms.TypedChoiceField(label=_("Send me nothing for"), choices=_PAUSES, coerce=int)

    def until(self) -> Any:
        """The moment the pause ends."""
        return now() + timedelta(days=self.cleaned_data["days"])
