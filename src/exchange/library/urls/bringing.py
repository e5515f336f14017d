"""Addresses of bringing records in: tables, reference files, other libraries.
Joined in urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.library.views import bringing, harvests

urlpatterns: list[URLPattern] = []
# Pages for hosts, under /desk/library/.
for_hosts: list[URLPattern] = [
    path("bring/", bringing.bring, name="bring"),
    path("bring/libraries/", harvests.libraries, name="bring-libraries"),
    path("bring/libraries/<int:pk>/", harvests.library, name="bring-library"),
    path("bring/<str:key>/", bringing.run, name="bring-run"),
    path("bring/<str:key>/report.csv", bringing.report, name="bring-report"),
    path("bring/<str:key>/removal/", bringing.removal, name="bring-removal"),
]
