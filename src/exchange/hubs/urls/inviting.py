"""Addresses of inviting and of being invited.
Included by urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.hubs.views import inviting

urlpatterns: list[URLPattern] = [
    path("invitations/stop/<str:token>/", inviting.invite_stop, name="invite-stop"),
    path("invitations/<str:key>/", inviting.invited, name="invited"),
    path("<slug:slug>/invite/", inviting.inviting, name="inviting"),
    path("<slug:slug>/invite/links/<int:pk>/", inviting.link_away, name="link-away"),
]
for_hosts: list[URLPattern] = []
