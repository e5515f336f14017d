"""Addresses of the front pages. `unprefixed` stands outside the languages; `for_hosts` at the desk.
Read by project.urls alone."""

from django.urls import path

from exchange.pages import views
from exchange.pages.views import steering
from exchange.pages.views.contact import contact

app_name = "pages"

unprefixed = [
    path("healthz", views.alive),
    path("readyz", views.ready),
    path("manifest.webmanifest", views.manifest),
    path("sw.js", views.shell_file, {"name": "sw.js", "content_type": "text/javascript"}),
    path("mark.svg", views.shell_file, {"name": "mark.svg", "content_type": "image/svg+xml"}),
    path("favicon.ico", views.shell_file, {"name": "mark.svg", "content_type": "image/svg+xml"}),
]

for_hosts = [
    path("home/", steering.overview, name="overview"),
    path("home/featured/", steering.choose, {"what": "featured"}, name="featured"),
    path("home/theme/", steering.choose, {"what": "theme"}, name="theme"),
    path("home/announcement/", steering.choose, {"what": "announcement"}, name="announcement"),
    path("home/sections/<slug:place>/", steering.choose, {"what": "sections"}, name="section"),
    path("home/order/", steering.choose, {"what": "order"}, name="order"),
    path("home/elsewhere/", steering.choose, {"what": "elsewhere"}, name="elsewhere"),
    path("home/<int:pk>/down/", steering.down, name="down"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.text, {"name": "about"}, name="about"),
    path("how-it-works/", views.how, name="how"),
    path("code-of-conduct/", views.text, {"name": "code_of_conduct"}, name="conduct"),
    path("privacy/", views.text, {"name": "privacy"}, name="privacy"),
    path("safeguarding/", views.text, {"name": "safeguarding"}, name="safeguarding"),
    path("contact/", contact, name="contact"),
    path("help-now/", views.help_now, name="help-now"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("countries/<slug:code>/", views.country, name="country"),
    path("people/<int:pk>/", views.profile, name="profile"),
    path("offline/", views.offline, name="offline"),
]
