"""Addresses of collections and shelves.
Joined in urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.library.views import shelving, waiting_shelves

urlpatterns: list[URLPattern] = [
    path("collections/", shelving.collections, name="collection-list"),
    path("collections/new/", shelving.new_collection, name="collection-new"),
    path("collections/<int:pk>/words/", shelving.words, name="collection-words"),
    path("collections/<int:pk>/close/", shelving.close, name="collection-close"),
    path("collections/<int:pk>-<str:slug>/", shelving.collection, name="collection"),
    path("on-shelf/<int:pk>/move/", shelving.move, name="shelf-move"),
    path("on-shelf/<int:pk>/off/", shelving.take_off, name="shelf-off"),
    path("on-shelf/<int:pk>/comment/", shelving.comment, name="shelf-comment"),
    path("hubs/<slug:hub>/", shelving.hub_shelf, name="hub-shelf"),
    path("hubs/<slug:hub>/put/", shelving.put_on_hub, name="hub-put"),
    path("<int:pk>/collect/", shelving.collect, name="collect"),
]
# Pages for hosts, under /desk/library/.
for_hosts: list[URLPattern] = [
    path("collections/", waiting_shelves.waiting, name="shelves"),
    path("collections/<int:pk>/decision/", waiting_shelves.decision, name="shelf-decision"),
]
