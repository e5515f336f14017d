"""Addresses of building newsletters; `for_hosts` are pages of the desk.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.briefings.views import builder, builder_edition, builder_look, builder_release

urlpatterns: list[URLPattern] = []
# Under /desk/.
for_hosts: list[URLPattern] = [
    path("newsletters/", builder.overview, name="newsletters"),
    path("newsletters/<int:pk>/", builder.issue, name="issue"),
    path("newsletters/<int:pk>/release/", builder_release.release_all, name="issue-release"),
    path("newsletters/editions/<int:pk>/", builder_edition.edition, name="edition"),
    path("newsletters/editions/<int:pk>/look/", builder_look.look, name="edition-look"),
    path("newsletters/editions/<int:pk>/page/", builder_look.page, name="edition-page"),
    path("newsletters/editions/<int:pk>/test/", builder_look.test, name="edition-test"),
    path("newsletters/editions/<int:pk>/release/", builder_release.release, name="edition-release"),
    path("newsletters/editions/<int:pk>/back/", builder_release.back, name="edition-back"),
]
unprefixed: list[URLPattern] = []
