"""Addresses of seats.
Included by urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import seats, seats_desk

urlpatterns: list[URLPattern] = [
    path("<int:pk>/register/", seats.register, name="register"),
    path("seats/stop/<str:token>/", seats.stop, name="seat-stop"),
    path("seats/<str:key>/", seats.seat, name="seat"),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = [
    path("<int:pk>/seats/", seats_desk.seats, name="seats"),
    path("<int:pk>/reminders/", seats_desk.reminders, name="reminders"),
]
unprefixed: list[URLPattern] = []
