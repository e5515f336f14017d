"""Addresses of search.
Included by project.urls."""

from django.urls import path

from exchange.discovery import views

app_name = "discovery"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest", views.suggest, name="suggest"),
    path("search/similar", views.similar, name="similar"),
    path("search/kept/<str:token>/", views.saved_stop, name="saved-stop"),
    path("me/searches/", views.saved, name="saved"),
    path("me/searches/new/", views.save_new, name="saved-new"),
    path("me/searches/<int:pk>/", views.save_change, name="saved-change"),
    path("me/searches/<int:pk>/act/", views.save_act, name="saved-act"),
]
