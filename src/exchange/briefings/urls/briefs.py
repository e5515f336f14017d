"""Addresses of briefs and of those whose words stand in them; `for_hosts` are pages of the desk.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.briefings.views import briefs, briefs_desk, quoting

urlpatterns: list[URLPattern] = [
    path("briefs/", briefs.listing, name="briefs"),
    path("briefs/quotes/", quoting.mine, name="quotes"),
    path("briefs/quotes/<str:key>/", quoting.answer, name="quote"),
    path("briefs/<int:pk>-<str:slug>/", briefs.page, name="brief"),
]
# Under /desk/.
for_hosts: list[URLPattern] = [
    path("briefs/", briefs_desk.overview, name="briefs"),
    path("briefs/new/", briefs_desk.new, name="brief-new"),
    path("briefs/<int:pk>/", briefs_desk.one, name="brief"),
    path("briefs/<int:pk>/words/", briefs_desk.words, name="brief-words"),
]
unprefixed: list[URLPattern] = [path("briefs/feed.xml", briefs.feed, name="briefings-feed")]
