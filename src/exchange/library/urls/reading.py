"""Addresses of the light reading view.
Joined in urls/__init__.py."""

from django.urls import path

from exchange.library.views import reading, readings

_READ = "<int:pk>-<str:slug>/read/"

# A record's first light view needs no file's number; the others have theirs.
urlpatterns = [
    path(_READ, reading.contents, name="reading"),
    path(f"{_READ}<int:number>/", reading.part, name="reading-part"),
    path(f"{_READ}<int:number>/problem/", reading.problem, name="reading-problem"),
    path(f"{_READ}file-<int:file>/", reading.contents, name="reading-of-file"),
    path(f"{_READ}file-<int:file>/<int:number>/", reading.part, name="reading-part-of-file"),
    path(
        f"{_READ}file-<int:file>/<int:number>/problem/",
        reading.problem,
        name="reading-problem-of-file",
    ),
]
# A picture has one address in all languages.
unprefixed = [path("library/figures/<str:key>.webp", reading.figure, name="library-figure")]
# Pages for hosts, under /desk/library/.
for_hosts = [
    path("readings/", readings.readings, name="readings"),
    path("readings/<int:pk>/", readings.change, name="reading-change"),
    path("readings/problems/<int:pk>/", readings.settle, name="reading-settle"),
]
