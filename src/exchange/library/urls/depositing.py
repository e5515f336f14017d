"""Addresses of adding a record on a phone, and changing one.
Joined in urls/__init__.py."""

from django.urls import URLPattern, path

from exchange.library.views import changing, depositing, sending, talking

urlpatterns: list[URLPattern] = [
    path("add/", depositing.start, name="deposit"),
    path("add/similar", depositing.similar, name="deposit-similar"),
    path("add/<str:key>/twins/", depositing.twins, name="deposit-twins"),
    path("add/<str:key>/review/", sending.review, name="deposit-review"),
    path("add/<str:key>/<slug:step>/", depositing.step, name="deposit-step"),
    path("<int:pk>/change/", changing.change, name="change"),
    path("<int:pk>/kin/", changing.kin, name="kin"),
    path("<int:pk>/checked/", changing.checked, name="checked"),
    path("<int:pk>/words/", talking.say, name="deposit-word"),
]
# Pages for hosts, under /desk/library/.
for_hosts: list[URLPattern] = [path("added/", talking.added, name="added")]
