"""Addresses of the live page and of lanes: reading along, writing along, slides.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import lanes, lanes_writing, live_page

urlpatterns: list[URLPattern] = [
    path("<int:pk>/live/", live_page.live, name="live"),
    path("<int:pk>/live/state/", live_page.news, name="state"),
    path("<int:pk>/live/part/", live_page.part, name="part"),
    path("<int:pk>/live/lanes/", lanes_writing.overview, name="lanes"),
    path("<int:pk>/live/lanes/<slug:language>/", lanes.lane, name="lane"),
    path("<int:pk>/live/lanes/<slug:language>/words.<slug:ending>", lanes.words, name="lane-words"),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = []
unprefixed: list[URLPattern] = []
