"""Addresses of what is told elsewhere; `for_hosts` are pages of the desk.
Included by project.urls."""

from django.urls import URLPattern, path

from exchange.announcing.views import channels, fediverse, fediverse_desk

app_name = "announcing"
urlpatterns: list[URLPattern] = []
unprefixed: list[URLPattern] = [
    path(".well-known/webfinger", fediverse.webfinger, name="webfinger"),
    path(".well-known/host-meta", fediverse.host_meta, name="host-meta"),
    path(".well-known/nodeinfo", fediverse.nodeinfo_links, name="nodeinfo-links"),
    path("fediverse/nodeinfo/<str:version>/", fediverse.nodeinfo, name="nodeinfo"),
    path("fediverse/items/<str:key>/", fediverse.item, name="fediverse-item"),
    path("fediverse/of/<int:pk>/", fediverse.item_of, name="fediverse-item-of"),
    path("fediverse/<str:handle>/", fediverse.actor, name="fediverse-actor"),
    path("fediverse/<str:handle>/inbox/", fediverse.take_in, name="fediverse-inbox"),
    path("fediverse/<str:handle>/outbox/", fediverse.outbox, name="fediverse-outbox"),
    path("fediverse/<str:handle>/followers/", fediverse.followers, name="fediverse-followers"),
]
for_hosts: list[URLPattern] = [
    path("announcing/", channels.overview, name="overview"),
    path("announcing/new/", channels.new, name="channel-new"),
    path("announcing/<int:pk>/", channels.channel, name="channel"),
    path("announcing/<int:pk>/change/", channels.change, name="channel-change"),
    path("announcing/fediverse/", fediverse_desk.fediverse, name="fediverse"),
]
