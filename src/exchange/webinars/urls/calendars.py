"""Addresses of calendars: the file of one webinar, of one place, and the feed.
Included by urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import calendars

urlpatterns: list[URLPattern] = [
    path("<int:pk>.ics", calendars.one, name="ics"),
    path("seats/<str:key>/calendar.ics", calendars.of_seat, name="seat-ics"),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = []
unprefixed: list[URLPattern] = [path("calendar.ics", calendars.feed, name="calendar")]
