"""Addresses of dialogue: what is done in the hour, and the pages of its team.
Included by urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import (
    dialogue,
    dialogue_helping,
    dialogue_leading,
    dialogue_presenting,
)

urlpatterns: list[URLPattern] = [
    path("<int:pk>/live/questions/", dialogue.ask, name="ask"),
    path("<int:pk>/live/questions/<int:asked>/voice/", dialogue.vote, name="vote"),
    path("<int:pk>/live/chat/", dialogue.say, name="say"),
    path("<int:pk>/live/hand/", dialogue.hand, name="hand"),
    path("<int:pk>/live/polls/<int:poll>/", dialogue.choose, name="choose"),
    path("<int:pk>/live/helper/", dialogue_helping.helping, name="helping"),
    path("<int:pk>/live/helper/<int:asked>/", dialogue_helping.one, name="helping-one"),
    path("<int:pk>/live/presenter/", dialogue_presenting.presenting, name="presenting"),
    path("presenters/<slug:key>/live/", dialogue_presenting.by_key, name="presenting-by-key"),
    path("<int:pk>/live/lead/", dialogue_leading.leading, name="leading"),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = []
unprefixed: list[URLPattern] = []
