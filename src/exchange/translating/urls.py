"""Addresses of the translating room; `for_hosts` are pages of the desk.
Included by project.urls."""

from django.urls import URLPattern, URLResolver, path

from exchange.translating import views

app_name = "translating"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.wanted, name="wanted"),
    path("glossary/", views.glossary, name="glossary"),
    path("text/<int:pk>/", views.text, name="text"),
    path("text/<int:pk>/wish/", views.wish, name="wish"),
    path("text/<int:pk>/begin/", views.begin, name="begin"),
    path("<int:pk>/", views.edit, name="edit"),
    path("<int:pk>/look/", views.look, name="look"),
    path("<int:pk>/wrong/", views.wrong, name="wrong"),
    path("<int:pk>/withdrawal/", views.withdraw, name="withdraw"),
]

for_hosts: list[URLPattern] = [
    path("translations/", views.waiting, name="waiting"),
    path("translations/glossary/", views.terms, name="terms"),
    path("translations/glossary/<slug:slug>/<slug:language>/", views.term, name="term"),
]
