"""Addresses of webinars, a file for each matter; `unprefixed` are those without a language.
Included by project.urls under webinars/; `urls.hosts` under desk/webinars/."""

from django.urls import URLPattern

from exchange.webinars.urls import (
    after,
    calendars,
    dialogue,
    lanes,
    live,
    planning,
    recordings,
    rooms,
    seats,
    sound,
)

app_name = "webinars"
# The page of a webinar takes any number and slug, so planning stands last.
_ROOMS = (after, calendars, dialogue, lanes, live, recordings, rooms, seats, sound, planning)

urlpatterns: list[URLPattern] = [pattern for one in _ROOMS for pattern in one.urlpatterns]
unprefixed: list[URLPattern] = [pattern for one in _ROOMS for pattern in one.unprefixed]
