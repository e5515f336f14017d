"""Addresses of the short versions of a record, and of what is offered beside records.
Joined in urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.library.views import ladder, offered

urlpatterns: list[URLPattern] = [
    path("<int:pk>/short/", ladder.short_versions, name="short-versions"),
    path("<int:pk>/short/<slug:length>/", ladder.write, name="short-version-write"),
    path("offered/<str:what>/<int:pk>/", offered.take_back, name="offered-take-back"),
]
# Pages for hosts, under /desk/library/.
for_hosts: list[URLPattern] = [
    path("offered/", offered.offered, name="offered"),
    path("offered/<str:what>/<int:pk>/", offered.decide, name="offered-decide"),
]
