"""Addresses of the library's pages for hosts, gathered from each matter.
Included by project.urls under desk/library/."""

from django.urls import URLPattern

from exchange.library.urls import (
    bringing,
    depositing,
    files,
    health,
    ladder,
    practice,
    reading,
    shelving,
)

app_name = "library-desk"
_MATTERS = (bringing, depositing, files, health, ladder, practice, reading, shelving)

urlpatterns: list[URLPattern] = [pattern for one in _MATTERS for pattern in one.for_hosts]
