"""Addresses of dialogue: what is done in the hour, and the pages of its team.
Included by urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import dialogue

urlpatterns: list[URLPattern] = [
    path("<int:pk>/live/questions/", dialogue.ask, name="ask"),
    path("<int:pk>/live/questions/<int:asked>/voice/", dialogue.vote, name="vote"),
    path("<int:pk>/live/chat/", dialogue.say, name="say"),
    path("<int:pk>/live/hand/", dialogue.hand, name="hand"),
    path("<int:pk>/live/polls/<int:poll>/", dialogue.choose, name="choose"),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = []
unprefixed: list[URLPattern] = []
