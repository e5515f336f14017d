"""Addresses of recordings, of the podcast, and of the figures.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import recordings, recordings_desk

urlpatterns: list[URLPattern] = []
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = [
    path("<int:pk>/recordings/", recordings_desk.recordings, name="recordings"),
    path("<int:pk>/recordings/making/", recordings_desk.make, name="recording-make"),
    path(
        "<int:pk>/recordings/<int:number>/sound.<str:sort>",
        recordings_desk.play,
        name="recording-play",
    ),
    path(
        "<int:pk>/recordings/<int:number>/elsewhere/",
        recordings_desk.elsewhere,
        name="recording-elsewhere",
    ),
    path("<int:pk>/recordings/<int:number>/answer/", recordings_desk.say, name="recording-say"),
    path(
        "<int:pk>/recordings/<int:number>/away/", recordings_desk.take_away, name="recording-away"
    ),
    path("<int:pk>/figures/", recordings_desk.numbers, name="figures"),
    path("series/<str:slug>/figures/", recordings_desk.series_numbers, name="series-figures"),
]
unprefixed: list[URLPattern] = [
    path("webinars/podcast.xml", recordings.feed, name="webinar-podcast"),
    path("webinars/podcast.png", recordings.picture, name="webinar-podcast-art"),
    path(
        "webinars/recordings/<str:key>/sound.<str:sort>",
        recordings.recording,
        name="webinar-recording",
    ),
    path(
        "webinars/recordings/<str:key>/<str:language>.vtt",
        recordings.transcript,
        name="webinar-transcript",
    ),
]
