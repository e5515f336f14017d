"""Addresses of the live page and of lanes: reading along, writing along, slides.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import lanes, lanes_slides, lanes_writing, live_page

urlpatterns: list[URLPattern] = [
    path("<int:pk>/live/", live_page.live, name="live"),
    path("<int:pk>/live/state/", live_page.news, name="state"),
    path("<int:pk>/live/part/", live_page.part, name="part"),
    path("<int:pk>/live/lanes/", lanes_writing.overview, name="lanes"),
    path("<int:pk>/live/lanes/<slug:language>/", lanes.lane, name="lane"),
    path("<int:pk>/live/lanes/<slug:language>/words.<slug:ending>", lanes.words, name="lane-words"),
    path("<int:pk>/live/slides/", lanes_slides.shown, name="slides"),
    path(
        "<int:pk>/live/slides/<int:number>/<str:name>", lanes_slides.picture, name="slide-picture"
    ),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = [
    path("<int:pk>/slides/", lanes_slides.slides, name="slides"),
]
unprefixed: list[URLPattern] = []
