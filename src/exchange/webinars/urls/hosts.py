"""Addresses of the pages for hosts, gathered from each matter.
Included by project.urls under desk/webinars/."""

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

app_name = "webinars-desk"
# The page of one webinar at the desk stands last.
_MATTERS = (after, calendars, dialogue, lanes, live, recordings, rooms, seats, sound, planning)

urlpatterns: list[URLPattern] = [pattern for one in _MATTERS for pattern in one.for_hosts]
