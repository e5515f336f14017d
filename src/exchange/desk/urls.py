"""Addresses of the hosts' desk.
Included by project.urls under desk/."""

from django.urls import path

from exchange.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.morning, name="morning"),
    path(
        "contributions/<int:pk>/decision/",
        views.contribution_decision,
        name="contribution-decision",
    ),
    path("replies/<int:pk>/decision/", views.reply_decision, name="reply-decision"),
    path("revisions/<int:pk>/decision/", views.revision_decision, name="revision-decision"),
    path("deliveries/<int:pk>/decision/", views.delivery_decision, name="delivery-decision"),
    path("held/", views.held, name="held"),
    path("log/", views.log, name="log"),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/welcome/", views.welcome, name="welcome"),
]
