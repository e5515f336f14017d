"""Addresses of links and figures.
Joined in urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.library.views import health

urlpatterns: list[URLPattern] = []
# Pages for hosts, under /desk/library/.
for_hosts: list[URLPattern] = [
    path("", health.library, name="overview"),
    path("links/", health.broken_links, name="links"),
    path("figures/", health.figures, name="figures"),
    path("figures/table.csv", health.figures_table, name="figures-table"),
]
