"""Our own addresses of the writing room; they stand before the editor's.
Included by project.writing_urls under desk/write/."""

from django.urls import URLPattern

app_name = "writing"
urlpatterns: list[URLPattern] = []
