"""Addresses of following and of mail wishes.
Included by project.urls."""

from django.urls import URLPattern, URLResolver, path

from exchange.alerts.views import stopping

app_name = "alerts"

urlpatterns: list[URLPattern | URLResolver] = [
    path("mail/stop/<str:token>/", stopping.stop, name="stop"),
]
