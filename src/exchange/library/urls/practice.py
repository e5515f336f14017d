"""Addresses of what people did with a record.
Joined in urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.library.views import giving_back, practice

urlpatterns: list[URLPattern] = [
    path("<int:pk>/use/", practice.use, name="use"),
    path("<int:pk>/advice/", practice.advice, name="advice"),
    path("<int:pk>/given-back/", giving_back.given_back, name="given-back"),
    path("<int:pk>/given-back/words/", giving_back.write, name="give-back-write"),
    path("<int:pk>/given-back/received/", giving_back.received, name="give-back-received"),
]
# Pages for hosts, under /desk/library/; what waits stands on the page of all that is offered.
for_hosts: list[URLPattern] = []
