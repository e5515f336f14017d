"""Addresses of the library, a file for each matter; `unprefixed` are those without a language.
Included by project.urls under library/."""

from django.urls import URLPattern

from exchange.library.urls import (
    bringing,
    depositing,
    files,
    giving,
    health,
    ladder,
    practice,
    reading,
    shelf,
    shelving,
)

app_name = "library"
# The record's own address takes any number and slug, so it stands last.
_ROOMS = (bringing, depositing, files, giving, health, ladder, practice, reading, shelving, shelf)

urlpatterns: list[URLPattern] = [pattern for one in _ROOMS for pattern in one.urlpatterns]
unprefixed: list[URLPattern] = [*files.unprefixed, *reading.unprefixed]
