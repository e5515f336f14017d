"""The shape of what hosts type when they build a newsletter: a new issue, an edition, its hour.
Called by the views of building."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from exchange.briefings.builder import rules
from exchange.briefings.builder.merging import mark_of, merged
from exchange.briefings.models import Item, Newsletter
from exchange.contributions.forms import CleanLine, CleanText
from exchange.core import languages, zones
from exchange.core.time import now
from exchange.taxonomy import vocabulary

NOW, LATER = "now", "later"
WORDS = ("title", "body", "local_title", "local", "message")
_LONGEST_OPENING = 4_000
_LONGEST_LOCAL = 2_000


class IssueForm(forms.Form):
    """A new issue: filled in already, so that one click begins it."""

    name = CleanLine(label=_("What hosts call it"), max_length=120)
    since = forms.DateField(label=_("What was shared since"), widget=forms.DateInput)
    until = forms.DateField(label=_("until"), widget=forms.DateInput)
    languages = forms.MultipleChoiceField(
        label=_("Editions for everybody, in"), widget=forms.CheckboxSelectMultiple
    )
    hubs = forms.MultipleChoiceField(
        label=_("Hubs with an edition of their own"),
        help_text=_("In the language most of its subscribers read."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs_two = forms.BooleanField(
        label=_("Another host reads it and says yes before it goes out"), required=False
    )

    def __init__(self, *positional: Any, counts: dict[str, int], **named: Any) -> None:
        super().__init__(*positional, **named)
        some: Any = self.fields
        for field in ("since", "until"):
            some[field].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        some["languages"].choices = [
            (code, _with_count(languages.OWN_NAMES[code], counts.get(code, 0)))
            for code in languages.INTERFACE
        ]
        some["hubs"].choices = [
            (slug, _with_count(label, counts.get(f"hub:{slug}", 0)))
            for slug, label in vocabulary.choices("region")
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and not _is_sound_period(since, until):
            self.add_error("until", _("Please choose a day after the first, at most a year on."))
        return given


class OneMoreForm(forms.Form):
    """Another edition of an issue."""

    language = forms.ChoiceField(label=_("Language"))
    hub = forms.ChoiceField(label=_("Hub"), required=False)

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        some: Any = self.fields
        some["language"].choices = [
            (code, languages.OWN_NAMES[code]) for code in languages.INTERFACE
        ]
        some["hub"].choices = [("", say("for everybody")), *vocabulary.choices("region")]


class EditionForm(forms.Form):
    """All words of an edition with one line for each item. What another host wrote meanwhile is
    merged; where both wrote, both are shown."""

    title = CleanLine(
        label=_("Subject of the mail"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Please give it a subject.")},
    )
    body = CleanText(
        label=_("Words it opens with"),
        rows=5,
        max_length=_LONGEST_OPENING,
        required=False,
        help_text=_("Two or three sentences: what stands out, and why."),
    )
    local_title = CleanLine(
        label=_("Title of the local box"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    local = CleanText(
        label=_("Local box"),
        rows=4,
        max_length=_LONGEST_LOCAL,
        required=False,
        help_text=_("What only these readers need: a meeting, a number to call, thanks."),
    )
    message = CleanText(
        label=_("The same in the size of a message"),
        rows=8,
        max_length=rules.LONGEST_MESSAGE,
        required=False,
        help_text=_("To pass on by hand. Left as it is, it follows the items."),
    )

    def __init__(
        self,
        *positional: Any,
        edition: Newsletter,
        items: Sequence[Item],
        message: str,
        initial: dict[str, Any] | None = None,
        **named: Any,
    ) -> None:
        """`message` is what stands there now, also when it is only drafted."""
        self.present = {name: getattr(edition, name) for name in WORDS}
        self.present["message"] = message
        self.present |= {f"intro-{item.pk}": item.intro for item in items}
        named["initial"] = {**self.present, **(initial or {})}
        super().__init__(*positional, **named)
        some: Any = self.fields
        for item in items:
            some[f"intro-{item.pk}"] = _intro(item)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, present in self.present.items():
            # What the page did not ask for, such as lines of one that was sent, stays.
            if name in self.fields and self.add_prefix(name) not in self.data:
                given[name] = present
            elif name in given:
                found = merged(given[name], mark=self._mark(name), present=present)
                given[name] = found.words
                if found.is_conflict:
                    self.add_error(name, _both(present))
        return given

    @property
    def is_conflict(self) -> bool:
        """Whether another host wrote where this one did."""
        return self.is_bound and any(
            error.code == "both" for errors in self.errors.as_data().values() for error in errors
        )

    def marks(self) -> dict[str, str]:
        """Of the words as this host has seen them: those shown in an error have been seen."""
        if not self.is_bound:
            return {name: mark_of(words) for name, words in self.present.items()}
        seen = {name for name, errors in self.errors.as_data().items() if _is_both(errors)}
        return {
            name: mark_of(words) if name in seen else self._mark(name)
            for name, words in self.present.items()
        }

    def words(self) -> dict[str, str]:
        """What changed of the words."""
        given = {name: self.cleaned_data[name] for name in WORDS}
        return {name: words for name, words in given.items() if words != self.present[name]}

    def intros(self) -> dict[int, str]:
        """What changed of the lines, by item."""
        return {
            int(name.removeprefix("intro-")): self.cleaned_data[name]
            for name, present in self.present.items()
            if name.startswith("intro-") and self.cleaned_data[name] != present
        }

    def _mark(self, name: str) -> str:
        return str(self.data.get(f"was-{name}", ""))


class WhenForm(forms.Form):
    """When it goes out, by the host's own clock."""

    when = forms.ChoiceField(
        label=_("When it goes out"),
        choices=[(NOW, _("now, within a few minutes")), (LATER, _("at this hour:"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    day = forms.DateField(label=_("Day"), required=False)
    hour = forms.TimeField(label=_("Time"), required=False)
    zone = forms.ChoiceField(label=_("By the clock of which city"), required=False)

    def __init__(
        self,
        *positional: Any,
        country: str = "",
        wished: datetime | None = None,
        **named: Any,
    ) -> None:
        """`wished` is the hour that the first of two hosts chose."""
        zone = zones.guess(country)
        if wished is not None and wished > now():
            there = wished.astimezone(ZoneInfo(zone))
            named["initial"] = {"when": LATER, "day": there.date(), "hour": there.time()}
        super().__init__(*positional, **named)
        some: Any = self.fields
        some["day"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        some["hour"].widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        some["zone"].choices = zones.choices(country)
        some["zone"].initial = zone

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["send_at"] = now()
        if given.get("when") == LATER and not self.errors:
            given["send_at"] = self._moment(given)
        return given

    def _moment(self, given: dict[str, Any]) -> datetime | None:
        if not (given.get("day") and given.get("hour") and given.get("zone")):
            self.add_error("day", _("Please give a day and a time."))
            return None
        wall = datetime.combine(given["day"], given["hour"])
        moment = wall.replace(tzinfo=ZoneInfo(given["zone"])).astimezone(UTC)
        if moment.astimezone(ZoneInfo(given["zone"])).replace(tzinfo=None) != wall:
            self.add_error("hour", _("That night the clocks leave this hour out. Another one?"))
        elif not rules.is_sound_moment(moment, now()):
            self.add_error("day", _("Please choose an hour to come, within three months."))
        return moment


def _intro(item: Item) -> forms.CharField:
    return CleanLine(
        label=_("In one line: why open it?"),
        required=False,
        max_length=rules.LONGEST_INTRO,
        widget=forms.TextInput(
            attrs={"dir": "auto", "autocomplete": "off", "aria-describedby": f"about-{item.pk}"}
        ),
    )


def _both(present: str) -> forms.ValidationError:
    told = say("Another host wrote here meanwhile: “%(words)s”. Save again to keep yours instead.")
    nothing = say("Another host emptied this meanwhile. Save again to keep yours.")
    return forms.ValidationError(told % {"words": present} if present else nothing, code="both")


def _is_both(errors: Sequence[Any]) -> bool:
    return any(error.code == "both" for error in errors)


def _with_count(label: str, count: int) -> str:
    return f"{label} ({count})" if count else label


def _is_sound_period(since: date, until: date) -> bool:
    return since <= until and (until - since).days <= rules.NOT_AGAIN_FOR.days
