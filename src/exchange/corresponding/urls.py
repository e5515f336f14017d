"""Addresses of private messages.
Included by project.urls."""

from django.urls import path

from exchange.corresponding import views

app_name = "corresponding"

urlpatterns = [
    path("", views.everything, name="messages"),
    path("new/", views.new, name="new"),
    path("choices/", views.choices, name="choices"),
    path("stop/<str:token>/", views.stop, name="stop"),
    path("words/<int:pk>/back/", views.take_back, name="take-back"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/act/", views.act, name="act"),
]
