"""Addresses of what stays after the hour.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import after

urlpatterns: list[URLPattern] = []
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = [
    path("<int:pk>/after/", after.after, name="after"),
    path("<int:pk>/after/questions/<int:asked>/", after.open_question, name="after-open"),
    path("<int:pk>/after/questions/<int:asked>/answer/", after.answer_out, name="after-answer"),
    path("<int:pk>/after/record/", after.enter, name="after-enter"),
]
unprefixed: list[URLPattern] = []
