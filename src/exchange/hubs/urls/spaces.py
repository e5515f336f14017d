"""Addresses of hubs and working groups themselves; `for_hosts` are pages of the desk.
Included by urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.hubs.views import belonging, settings, spaces

urlpatterns: list[URLPattern] = [
    path("", spaces.listing, name="spaces"),
    path("mine/", belonging.mine, name="mine"),
    path("<slug:slug>/", spaces.one, name="space"),
    path("<slug:slug>/settings/", settings.settings, name="settings"),
    path("<slug:slug>/join/", belonging.join, name="join"),
    path("<slug:slug>/leave/", belonging.leave, name="leave"),
    path("<slug:slug>/level/", belonging.level, name="level"),
    path("<slug:slug>/people/", belonging.people, name="people"),
    path("<slug:slug>/people/table.csv", belonging.people_file, name="people-file"),
    path("<slug:slug>/people/<int:pk>/", belonging.person, name="person"),
]
# Under /desk/hubs/.
for_hosts: list[URLPattern] = [
    path("", settings.overview, name="overview"),
    path("new/", settings.new, name="new"),
    path("<slug:slug>/close/", settings.close, name="close"),
]
