"""Addresses of what stays after the hour.
Included by urls/__init__.py and urls/hosts.py."""

from django.urls import URLPattern, path

from exchange.webinars.views import after, after_people

urlpatterns: list[URLPattern] = [
    path("seats/<str:key>/opinion/", after_people.opinion, name="opinion"),
    path("seats/<str:key>/tried/", after_people.tried_page, name="tried"),
    path("seats/<str:key>/certificate/", after_people.certificate, name="certificate"),
    path("certificates/", after_people.check, name="certificate-check"),
]
# Pages for hosts, under /desk/webinars/.
for_hosts: list[URLPattern] = [
    path("<int:pk>/after/answers/", after_people.answers, name="after-answers"),
    path("<int:pk>/after/tried/<int:row>/", after_people.decide, name="after-tried"),
    path("<int:pk>/after/", after.after, name="after"),
    path("<int:pk>/after/questions/<int:asked>/", after.open_question, name="after-open"),
    path("<int:pk>/after/questions/<int:asked>/answer/", after.answer_out, name="after-answer"),
    path("<int:pk>/after/record/", after.enter, name="after-enter"),
]
unprefixed: list[URLPattern] = []
