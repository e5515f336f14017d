"""The addresses of the outbox, at /outbox/ in local mode alone, and of the hooks of a mail service,
at /mail/hooks/ where one was named. Included by the project."""

from django.conf import settings
from django.urls import URLPattern, include, path

from exchange.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.letters, name="letters"),
    path("<int:pk>/", views.letter, name="letter"),
    path("<int:pk>/answer/", views.answer_letter, name="answer"),
    path("<int:pk>.eml", views.raw, name="raw"),
]


def _hooks() -> list[URLPattern]:
    """Those of the one service in use."""
    from anymail.urls import urlpatterns as all_of_them  # noqa: PLC0415 - only where one was named

    start = f"{settings.ANYMAIL_SERVICE}/"
    return [route for route in all_of_them if str(route.pattern).lstrip("^").startswith(start)]


unprefixed = (
    [path("mail/hooks/", include((_hooks(), "mail_hooks")))] if settings.ANYMAIL_SERVICE else []
)
