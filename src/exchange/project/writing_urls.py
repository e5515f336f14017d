"""Every address of the writing room's process: the editor under /desk/write/, and those of the
Exchange, so that links can be written. Read by Django alone."""

from django.urls import include, path

from exchange.project.urls import handler400, handler403, handler404, handler500
from exchange.project.urls import urlpatterns as of_the_exchange

urlpatterns = [
    path("desk/write/", include("exchange.writing.urls")),
    path("desk/write/", include("wagtail.admin.urls")),
    *of_the_exchange,
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
