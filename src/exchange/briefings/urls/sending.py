"""Addresses of newsletters on their way; `for_hosts` are pages of the desk.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.briefings.views import sending

urlpatterns: list[URLPattern] = []
# Under /desk/.
for_hosts: list[URLPattern] = [
    path("newsletters/<int:pk>/sending/", sending.sending, name="sending"),
]
unprefixed: list[URLPattern] = []
