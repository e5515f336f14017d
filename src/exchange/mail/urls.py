"""The addresses of the outbox; included at /outbox/ by the project.
Local mode only: the views answer 404 otherwise."""

from django.urls import path

from exchange.mail import views

app_name = "mail"
urlpatterns = [
    path("", views.letters, name="letters"),
    path("<int:pk>/", views.letter, name="letter"),
    path("<int:pk>.eml", views.raw, name="raw"),
]
