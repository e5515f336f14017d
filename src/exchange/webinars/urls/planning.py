"""Addresses of planning: the list, the lasting page, and the hosts' pages.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import planning, planning_desk, planning_team

urlpatterns: list[URLPattern] = [
    path("", planning.listing, name="list"),
    path("series/<str:slug>/", planning.series, name="series"),
    path("presenters/<str:key>/", planning.presenter, name="presenter"),
    path("<int:pk>-<str:slug>/", planning.page, name="page"),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = [
    path("", planning_desk.overview, name="overview"),
    path("new/", planning_desk.new, name="new"),
    path("series/", planning_desk.series, name="series-new"),
    path("series/<str:slug>/", planning_desk.series, name="series-words"),
    path("<int:pk>/", planning_desk.one, name="one"),
    path("<int:pk>/words/", planning_desk.words, name="words"),
    path("<int:pk>/time/", planning_desk.time, name="time"),
    path("<int:pk>/team/", planning_team.people, name="team"),
    path("<int:pk>/announce/", planning_desk.announce, name="announce"),
    path("<int:pk>/cancel/", planning_desk.cancel, name="cancel"),
]
unprefixed: list[URLPattern] = []
