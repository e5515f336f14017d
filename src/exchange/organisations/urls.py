"""Addresses of the organisations room; `for_hosts` stand under desk/.
Included by project.urls."""

from django.urls import URLPattern, URLResolver, path

from exchange.organisations.views import desk, listing, own, page

app_name = "organisations"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.listing, name="organisations"),
    path("mine/", own.mine, name="mine"),
    path("new/", own.new, name="new"),
    path("similar", own.similar, name="similar"),
    path("<str:slug>/", page.organisation, name="organisation"),
    path("<str:slug>/work/", own.work_there, name="work-there"),
    path("<str:slug>/looking-after/", own.claim, name="claim"),
    path("<str:slug>/looking-after/end/", own.speak_no_more, name="speak-no-more"),
    path("<str:slug>/words/", own.change, name="change"),
]
for_hosts: list[URLPattern] = [
    path("organisations/", desk.queue, name="queue"),
    path("organisations/<slug:sort>/<int:pk>/", desk.decide, name="decide"),
    path("organisations/<str:slug>/", desk.act, name="act"),
]
