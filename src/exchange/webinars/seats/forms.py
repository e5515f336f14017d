"""What people give to get a place, or to change how they take part; and a host's reminders.
Called by the views of seats."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exchange.core import zones
from exchange.core.languages import INTERFACE, OWN_NAMES, current
from exchange.members.forms import AddressField, LineField, NameField
from exchange.members.models import Agreement, Member
from exchange.members.naming import Problem, problem_with_line, problem_with_name
from exchange.taxonomy import vocabulary
from exchange.webinars.models import Engine, Way, Webinar
from exchange.webinars.rooms.costs import cost
from exchange.webinars.seats.rules import EARLIEST, LATEST, MOST_PEOPLE
from exchange.webinars.seats.wishes import LONGEST_GROUP, Wish

_MINUTES = {"minutes": 1, "hours": 60, "days": 24 * 60}


class SeatForm(forms.Form):
    """How somebody takes part. Nothing of it is needed."""

    name = NameField(
        label=_("The name others see"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "nickname"}),
        help_text=_("A pseudonym is fine. Left empty, you are shown as “A practitioner”."),
    )
    way = forms.ChoiceField(label=_("How you take part"), widget=forms.RadioSelect)
    people = forms.IntegerField(
        label=_("How many are you?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        help_text=_("Several at one phone are a listening club: each of you counts as one place."),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    group = LineField(
        label=_("Name of your listening club"), max_length=LONGEST_GROUP, required=False
    )

    def __init__(
        self, *args: Any, webinar: Webinar, member: Member | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.member = member
        self.fields["way"].choices = _ways(webinar)  # type: ignore[attr-defined]
        self.fields["way"].initial = Way.TEXT

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        own = self.member.display_name[:60] if self.member else ""
        return _stands(name, None if name == own else problem_with_name(name, member=self.member))

    def clean_group(self) -> str:
        group: str = self.cleaned_data["group"]
        return _stands(group, problem_with_line(group, member=self.member))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("group") and told.get("people") == 1:
            self.add_error("people", _("A listening club is at least two."))
        return told

    @property
    def is_of_club(self) -> bool:
        """Whether the folded part of the page has to stand open."""
        return any(name in self.errors for name in ("people", "group")) or self["group"].value()

    @property
    def wish(self) -> Wish:
        told = self.cleaned_data
        return Wish(
            name=told["name"],
            language=told.get("language") or current(),
            zone=told.get("zone", ""),
            country=told.get("country", ""),
            way=told["way"],
            people=told["people"],
            group=told["group"],
        )


class GuestForm(SeatForm):
    """Without an account: an address that its owner confirms, and that they are an adult."""

    email = AddressField(
        help_text=_("We send you a link and ask whether you want to come. Nobody else sees it.")
    )
    country = forms.ChoiceField(label=_("Your country"), required=False)
    adult = forms.BooleanField(
        label=Agreement.What.ADULT.label,
        error_messages={
            "required": _("The Exchange is for adults. Please tick this if you are 18 or older.")
        },
    )
    field_order = ("email", "name", "way", "country", "people", "group", "adult")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        countries = [("", _("I would rather not say")), *vocabulary.choices("country")]
        self.fields["country"].choices = countries  # type: ignore[attr-defined]


class MemberForm(SeatForm):
    """A member who wants more than the one tap: a club, another way."""

    @property
    def wish(self) -> Wish:
        told, member = super().wish, self.member
        country = member.country if member else ""
        language = member.first_language if member else told.language
        return Wish(**{**vars(told), "language": language, "country": country})


class ChangeForm(SeatForm):
    """All of it, later: also the language of letters and the clock."""

    language = forms.ChoiceField(
        label=_("Language of our mails"),
        choices=[(code, OWN_NAMES[code]) for code in INTERFACE],
    )
    zone = forms.ChoiceField(label=_("Whose clock?"), required=False)
    field_order = ("way", "name", "language", "zone", "people", "group")

    def __init__(self, *args: Any, country: str = "", also: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.country = country
        choices = zones.choices(country, also=also)
        self.fields["zone"].choices = choices  # type: ignore[attr-defined]

    @property
    def wish(self) -> Wish:
        return Wish(**{**vars(super().wish), "country": self.country})


class ReminderForm(forms.Form):
    """A mail so long before the start, or after the end."""

    number = forms.IntegerField(label=_("How long?"), min_value=1, max_value=10_000)
    unit = forms.ChoiceField(
        label=_("minutes, hours or days"),
        choices=[("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days"))],
        initial="hours",
    )
    when = forms.ChoiceField(
        label=_("Before or after?"),
        choices=[("before", _("before the start")), ("after", _("after the end"))],
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "number" in told and "unit" in told:
            minutes = told["number"] * _MINUTES[told["unit"]]
            told["minutes"] = -minutes if told.get("when") == "after" else minutes
            if not LATEST <= told["minutes"] <= EARLIEST:
                too_far = _("At most 60 days before, and 14 days after.")
                self.add_error("number", too_far)
        return told


def _ways(webinar: Webinar) -> list[tuple[str, str]]:
    """Those there are, each with what it costs; the lightest first."""
    offered = [Way.MAIL, Way.TEXT]
    if webinar.has_sound:
        offered.append(Way.SOUND)
    if webinar.engine != Engine.NONE:
        offered.append(Way.VIDEO)
    return [(way.value, f"{capfirst(way.label)} · {cost(way)}") for way in offered]


def _stands(text: str, problem: Problem | None) -> str:
    if problem is not None:
        raise forms.ValidationError(str(problem.words))
    return text
