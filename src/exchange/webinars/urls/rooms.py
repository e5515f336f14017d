"""Addresses of rooms: the door, the hosts' page, and what an engine calls.
Included by urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import rooms

urlpatterns: list[URLPattern] = [
    path("<int:pk>/join/", rooms.join, name="join"),
    path("presenters/<str:key>/join/", rooms.presenter_join, name="presenter-join"),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = [path("<int:pk>/room/", rooms.room, name="room")]
unprefixed: list[URLPattern] = [
    path("webinars/hooks/<int:pk>/", rooms.hook, name="webinar-hook"),
    path("webinars/hooks/<int:pk>/recording/", rooms.recorded, name="webinar-recorded"),
    path("webinars/hooks/<int:pk>/ended/<str:mark>/", rooms.ended, name="webinar-ended"),
]
