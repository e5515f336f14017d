"""Addresses of carrying records away: citations and reference files.
Joined in urls/__init__.py."""

from django.urls import path

from exchange.library.views import giving

urlpatterns = [
    path("export/<slug:form>/", giving.export, name="export"),
    path("<int:pk>-<str:slug>/cite.<slug:form>", giving.cite, name="resource-cite"),
]
