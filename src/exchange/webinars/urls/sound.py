"""Addresses of sound.
Included by urls/__init__.py."""

from django.urls import URLPattern, path, re_path

from exchange.webinars.views import sound, sound_minutes

urlpatterns: list[URLPattern] = [
    path("<int:pk>/live/sound/", sound.sound, name="sound"),
    path("<int:pk>/live/sending/", sound.sending, name="sending"),
    path("<int:pk>/live/sending/<int:number>/", sound.piece, name="sending-piece"),
    re_path(
        r"^(?P<pk>\d{1,18})/sound/(?P<number>\d{1,6})\.(?P<kind>opus|mp3)$",
        sound_minutes.minute,
        name="minute",
    ),
    re_path(
        r"^(?P<pk>\d{1,18})/sound/since-(?P<number>\d{1,6})\.(?P<kind>opus|mp3)$",
        sound_minutes.since,
        name="since",
    ),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = []
unprefixed: list[URLPattern] = []
