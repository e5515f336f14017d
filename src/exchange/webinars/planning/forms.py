"""The shape of what hosts type when they plan: words, the hour by a wall clock, settings, people.
Called by the views of planning."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from exchange.contributions.content import Content
from exchange.contributions.forms import MOST_TOPICS, CleanLine, CleanText
from exchange.core import languages, zones
from exchange.core import walls as clock
from exchange.core.time import now
from exchange.members.models import Member
from exchange.taxonomy import vocabulary
from exchange.webinars.models import Engine, Phase, Series, TeamMember, Webinar
from exchange.webinars.planning import rules

_OPENS_AT = time(8)
FIRST, SECOND = "first", "second"


def _line(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **attributes})


class TimeForm(forms.Form):
    """The hour as people say it: a day, an hour and a city. Hours that the clocks leave out or
    show twice are asked back in plain words."""

    day = forms.DateField(
        label=_("Which day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give the day as year-month-day, like 2027-03-31.")},
    )
    hour = forms.TimeField(
        label=_("At what time it begins"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Please give the time as hours and minutes, like 14:30.")},
    )
    zone = forms.ChoiceField(
        label=_("By the clock of which city"),
        help_text=_("Everybody is told the time by their own clock."),
    )
    which = forms.ChoiceField(
        label=_("Which of the two"), required=False, widget=forms.HiddenInput, choices=()
    )
    minutes = forms.IntegerField(
        label=_("How many minutes"), min_value=10, max_value=rules.LONGEST, initial=60
    )

    # While it is live its length may change with the hour it began at.
    begun_at: datetime | None = None

    def __init__(self, *positional: Any, country: str = "", kept: str = "", **named: Any) -> None:
        super().__init__(*positional, **named)
        some: Any = self.fields
        some["zone"].choices = _cities(country, kept)
        some["which"].choices = [("", ""), (FIRST, FIRST), (SECOND, SECOND)]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if all(name in given for name in ("day", "hour", "zone")):
            wall = clock.joined(given["day"], given["hour"])
            self._read(wall, given["zone"])
        return given

    @property
    def starts_at(self) -> datetime:
        moment: datetime = self.cleaned_data["starts_at"]
        return moment

    def columns(self) -> dict[str, Any]:
        """The hour as a webinar keeps it."""
        place = ZoneInfo(self.cleaned_data["zone"])
        return {
            "starts_at": self.starts_at,
            "minutes": self.cleaned_data["minutes"],
            "zone": self.cleaned_data["zone"],
            "wall": clock.wall_of(self.starts_at, place),
        }

    def _read(self, wall: datetime, zone: str) -> None:
        found = clock.meant(wall, ZoneInfo(zone))
        if not found.moments:
            self.add_error("hour", _left_out(wall, zone, found))
            return
        moment = found.moments[0] if found.is_plain else self._chosen(wall, zone, found)
        if moment is None:
            return
        if moment != self.begun_at and not rules.is_sound_time(moment, now()):
            self.add_error("day", _not_then(moment))
            return
        self.cleaned_data["starts_at"] = moment

    def _chosen(self, wall: datetime, zone: str, found: clock.Meant) -> datetime | None:
        """The night when clocks go back: the hour comes twice, and only the host knows which."""
        which: Any = self.fields["which"]
        which.widget = forms.RadioSelect()
        which.choices = [
            (name, f"{wall:%H:%M} {zones.called(zone, moment)}")
            for name, moment in zip((FIRST, SECOND), found.moments, strict=False)
        ]
        chosen = self.cleaned_data.get("which")
        if chosen not in (FIRST, SECOND):
            told = {"city": zones.city(zone), "hour": f"{wall:%H:%M}"}
            self.add_error(
                "which",
                say("That night the clocks go back in %(city)s, and %(hour)s comes twice.") % told,
            )
            return None
        return found.moments[0 if chosen == FIRST else 1]


class WordsForm(forms.Form):
    """What it is about, in which languages, and how people take part."""

    title = CleanLine(
        label=_("What it is called"),
        max_length=200,
        widget=_line(),
        error_messages={"required": _("Please give it a name, so that others can find it.")},
    )
    body = CleanText(
        label=_("What it is about, and for whom"),
        help_text=_("What will people be able to do afterwards?"),
        error_messages={"required": _("Please say in a few sentences what it is about.")},
    )
    language = forms.ChoiceField(label=_("The language you write in"))
    spoken = forms.ChoiceField(label=_("The language mostly spoken"))
    spoken_too = forms.ChoiceField(label=_("A second language spoken"), required=False)
    spoken_also = forms.ChoiceField(label=_("A third language spoken"), required=False)
    hub = forms.ChoiceField(label=_("Which hub"), required=False)
    series = forms.ModelChoiceField(
        label=_("Part of a series"),
        required=False,
        queryset=Series.objects.none(),
        empty_label=_("none"),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        help_text=_("Up to five. Who follows one of them hears of it."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    country = forms.ChoiceField(label=_("About one country"), required=False)
    opens_on = forms.DateField(
        label=_("Registration opens on"),
        help_text=_("At 8 in the morning; empty: as soon as it is announced."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    capacity = forms.IntegerField(
        label=_("At most so many places"),
        help_text=_("Empty: no limit. A group that listens together counts each of its people."),
        required=False,
        min_value=2,
        max_value=100_000,
    )
    engine = forms.ChoiceField(label=_("Video room"), choices=Engine.choices)
    engine_link = CleanLine(
        label=_("The link of the room elsewhere"),
        help_text=_("Kept to ourselves: people get it only when they enter."),
        required=False,
        max_length=1000,
        widget=_line(dir="ltr", inputmode="url"),
    )
    has_sound = forms.BooleanField(
        label=_("Sound like a small radio, for weak lines"), required=False
    )
    is_recorded = forms.BooleanField(
        label=_("It is recorded; everybody is told before"), required=False
    )

    def __init__(self, *positional: Any, **named: Any) -> None:
        super().__init__(*positional, **named)
        some: Any = self.fields
        spoken = [
            (code, languages.OWN_NAMES.get(code) or languages.named(code))
            for code in languages.SPOKEN
        ]
        some["language"].choices = some["spoken"].choices = spoken
        for name in ("spoken_too", "spoken_also"):
            some[name].choices = [("", say("none")), *spoken]
        some["hub"].choices = [("", say("no hub in particular")), *vocabulary.choices("region")]
        some["topics"].choices = vocabulary.choices("topic")
        some["country"].choices = [
            ("", say("no country in particular")),
            *vocabulary.choices("country"),
        ]
        some["series"].queryset = Series.objects.order_by("title")

    def clean_topics(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["topics"]
        if len(chosen) > MOST_TOPICS:
            raise forms.ValidationError(_("Please choose at most five; which matter most?"))
        return chosen

    def clean_engine_link(self) -> str:
        """Begins with https: a link that anybody on the way could read would open the room."""
        given: str = self.cleaned_data["engine_link"]
        if given and not given.lower().startswith("https://"):
            raise forms.ValidationError(_("Please paste the whole link; it begins with https://"))
        return given

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        needs_link = given.get("engine") == Engine.LINK and not given.get("engine_link")
        if needs_link and "engine_link" not in self.errors:
            self.add_error("engine_link", _("Which link opens the room?"))
        return given

    def content(self, time_columns: dict[str, Any], zone: str) -> Content:
        given = self.cleaned_data
        hub, country = given["hub"], given["country"]
        return Content(
            title=given["title"],
            body=given["body"],
            language=given["language"],
            topics=tuple(given["topics"]),
            countries=(country,) if country else (),
            other_terms=(f"region:{hub}",) if hub else (),
            columns={
                **time_columns,
                "hub": hub,
                "series": given["series"],
                "spoken": self._spoken(),
                "opens_at": self._opens_at(zone),
                "capacity": given["capacity"],
                "engine": given["engine"],
                "engine_link": given["engine_link"] if given["engine"] == Engine.LINK else "",
                "has_sound": given["has_sound"],
                "is_recorded": given["is_recorded"],
            },
        )

    def _spoken(self) -> str:
        given = self.cleaned_data
        codes = (given["spoken"], given["spoken_too"], given["spoken_also"])
        return " ".join(dict.fromkeys(filter(None, codes)))

    def _opens_at(self, zone: str) -> datetime | None:
        day = self.cleaned_data["opens_on"]
        if day is None:
            return None
        place = clock.fresh(zone) or UTC
        return clock.joined(day, _OPENS_AT).replace(tzinfo=place).astimezone(UTC)


class CancelForm(forms.Form):
    """Why it will not take place."""

    why = CleanLine(
        label=_("Why it will not take place"),
        help_text=_("Everybody who registered reads this, and it stands on the page."),
        max_length=400,
        widget=_line(),
        error_messages={"required": _("Please say why, in one sentence.")},
    )


class PresenterForm(forms.Form):
    """Whom to ask to speak."""

    name = CleanLine(label=_("Their name"), max_length=120, widget=_line())
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("We ask them there. A member is found by their address."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = CleanLine(label=_("What they do"), required=False, max_length=160, widget=_line())
    words = CleanText(label=_("A few words about them"), required=False, max_length=600, rows=3)


class TaskForm(forms.Form):
    """Who helps, and with what."""

    email = forms.EmailField(
        label=_("The member's e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    task = forms.ChoiceField(label=_("Their task"), choices=TeamMember.Task.choices)
    # Set when the address belongs to a member.
    member: Member | None = None

    def clean_email(self) -> str:
        given: str = self.cleaned_data["email"].strip().lower()
        self.member = Member.objects.active().filter(email__iexact=given).first()
        if self.member is None:
            raise forms.ValidationError(_("No member has this address. Tasks are for members."))
        return given


class ConsentForm(forms.Form):
    """What a presenter says of themselves: three things, each apart."""

    may_be_named = forms.BooleanField(label=_("My name may stand on the page"), required=False)
    may_be_recorded = forms.BooleanField(label=_("I may be recorded"), required=False)


class SeriesForm(forms.Form):
    """A name for webinars that belong together."""

    title = CleanLine(label=_("What the series is called"), max_length=160, widget=_line())
    words = CleanText(label=_("What it is about"), required=False, max_length=2000, rows=4)


def initial_words(webinar: Webinar) -> dict[str, Any]:
    """What the form shows of a webinar that is being changed."""
    spoken = [*webinar.spoken_codes, "", "", ""]
    opens = webinar.opens_at
    return {
        "title": webinar.title,
        "body": webinar.body,
        "language": webinar.language,
        **dict(zip(("spoken", "spoken_too", "spoken_also"), spoken[:3], strict=True)),
        "hub": webinar.hub,
        "series": webinar.series_id,
        "topics": webinar.topic_slugs,
        "country": "".join(webinar.country_codes[:1]),
        "opens_on": opens.astimezone(webinar.place).date() if opens else None,
        "capacity": webinar.capacity,
        "engine": webinar.engine,
        "engine_link": webinar.engine_link,
        "has_sound": webinar.has_sound,
        "is_recorded": webinar.is_recorded,
    }


def initial_time(webinar: Webinar) -> dict[str, Any]:
    local = webinar.starts_at.astimezone(webinar.place)
    found = clock.meant(local.replace(tzinfo=None), webinar.place)
    second = not found.is_plain and webinar.starts_at == found.moments[-1] if found.moments else 0
    return {
        "day": local.date(),
        "hour": local.time().replace(second=0, microsecond=0),
        "zone": webinar.zone,
        "minutes": webinar.minutes,
        "which": SECOND if second else "",
    }


def time_form(webinar: Webinar, *positional: Any, country: str) -> TimeForm:
    """The hour of a webinar, ready to be changed."""
    form = TimeForm(*positional, initial=initial_time(webinar), country=country, kept=webinar.zone)
    form.begun_at = webinar.starts_at if webinar.phase == Phase.LIVE else None
    return form


def _cities(country: str, kept: str) -> list[tuple[str, str]]:
    """Those of everybody's form, and the cities of each hub."""
    usual = zones.choices(country, also=kept)
    known = {zone for zone, _name in usual}
    of_hubs = [zone for zone in rules.every_city() if zone not in known]
    every = [*usual, *((zone, zones.called(zone)) for zone in of_hubs)]
    # A zone whose name is gone: nobody is put into another city without having chosen it.
    return [("", say("choose a city")), *every] if kept and not zones.is_known(kept) else every


def _left_out(wall: datetime, zone: str, found: clock.Meant) -> str:
    before, after = found.instead
    return say(
        "That night the clocks go forward in %(city)s, and there is no %(hour)s. "
        "Do you mean %(after)s, or an hour earlier, %(before)s? Please type it."
    ) % {
        "city": zones.city(zone),
        "hour": f"{wall:%H:%M}",
        "after": f"{after:%H:%M}",
        "before": f"{before:%H:%M}",
    }


def _not_then(moment: datetime) -> str:
    if moment <= now() + timedelta(minutes=1):
        return say("That time has passed. Which day should it be?")
    return say("That is more than two years away. Which day should it be?")
