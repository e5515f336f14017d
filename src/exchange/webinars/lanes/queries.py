"""Reading lanes: their last lines, a whole transcript as text, and as captions with times.
Called by live pages, by the views of lanes, and by what is made afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from exchange.core import languages
from exchange.webinars.models import Lane, Line, Slide, Webinar

MOST_LINES = 2_000
LAST_LINES = 8
# How long the last caption stays, and how long any of them at most.
_STAYS = timedelta(seconds=8)


@dataclass(frozen=True)
class Spoken:
    """A line as anybody may read it."""

    pk: int
    number: int
    text: str
    at: datetime


def lanes_of(webinar: Webinar) -> list[Lane]:
    """All of them, in the order in which they were opened."""
    return list(Lane.objects.filter(webinar_id=webinar.pk).order_by("pk"))


def wanting(webinar: Webinar, lanes: Iterable[Lane]) -> str:
    """The language to offer first: its own, then those spoken in it that nobody writes yet."""
    there = {lane.language for lane in lanes}
    wanted = (webinar.language, *webinar.spoken_codes)
    return next((code for code in wanted if code not in there), webinar.language)


def own_name(code: str) -> str:
    """How a language calls itself."""
    return languages.OWN_NAMES.get(code) or languages.name_of(code, code)


def lines(webinar: Webinar, language: str, *, most: int = MOST_LINES) -> list[Spoken]:
    """The last lines of one lane that may be read, in their order."""
    rows = (
        Line.objects.shown()
        .filter(lane__webinar_id=webinar.pk, lane__language=language)
        .order_by("-number")
        .values_list("pk", "number", "text", "at")
    )
    return [Spoken(*row) for row in reversed(rows[:most])]


def written(lane: Lane, *, most: int = 12) -> list[Line]:
    """The last lines as its writers see them: what waits as well."""
    rows = lane.lines.exclude(state=Line.State.HIDDEN).filter(sealed_at=None)
    return list(reversed(rows.select_related("by").order_by("-number")[:most]))


def waiting(webinar: Webinar) -> list[Line]:
    """Lines of all lanes that wait for somebody else to read them, the oldest first."""
    rows = Line.objects.filter(
        lane__webinar_id=webinar.pk, state=Line.State.WAITING, sealed_at=None
    )
    return list(rows.select_related("lane", "by").order_by("at", "pk")[:50])


def transcript(webinar: Webinar, language: str) -> str:
    """Everything that was written along in one language, a line each; empty if nothing was."""
    return "\n".join(one.text for one in lines(webinar, language))


def captions(webinar: Webinar, language: str, *, begun: datetime | None = None) -> str:
    """The same as WebVTT, with times from the moment the hour went live, or the sound began."""
    rows = lines(webinar, language)
    begun = begun or webinar.went_live_at or webinar.starts_at
    cues = [f"WEBVTT\nLanguage: {language}"]
    for one, end in zip(rows, _ends(rows), strict=True):
        cues.append(f"{_clock(one.at - begun)} --> {_clock(end - begun)}\n{_plain(one.text)}")
    return "\n\n".join(cues) + "\n"


def slides_out(webinar: Webinar) -> list[Slide]:
    """What everybody was shown, in the order of the slides."""
    return list(Slide.objects.out().filter(webinar_id=webinar.pk).order_by("number"))


def slides(webinar: Webinar) -> list[Slide]:
    """All of them, for the team."""
    return list(Slide.objects.filter(webinar_id=webinar.pk).order_by("number"))


def _ends(rows: list[Spoken]) -> Iterable[datetime]:
    for one, following in zip_longest(rows, rows[1:]):
        until = one.at + _STAYS
        yield min(until, max(following.at, one.at + timedelta(seconds=1))) if following else until


def _clock(after: timedelta) -> str:
    """Hours, minutes, seconds and thousandths; nothing is before the beginning."""
    thousandths = max(0, round(after.total_seconds() * 1000))
    seconds, thousandths = divmod(thousandths, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{thousandths:03}"


def _plain(text: str) -> str:
    """No line of it can be taken for markup or for the end of a caption."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return " ".join(text.split())
