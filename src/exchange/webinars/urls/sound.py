"""Addresses of sound.
Included by urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import sound, sound_minutes

urlpatterns: list[URLPattern] = [
    path("<int:pk>/live/sound/", sound.sound, name="sound"),
    path("<int:pk>/live/sending/", sound.sending, name="sending"),
    path("<int:pk>/live/sending/<int:number>/", sound.piece, name="sending-piece"),
    path("<int:pk>/sound/since-<int:number>.<str:kind>", sound_minutes.since, name="since"),
    path("<int:pk>/sound/<int:number>.<str:kind>", sound_minutes.minute, name="minute"),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = []
unprefixed: list[URLPattern] = []
