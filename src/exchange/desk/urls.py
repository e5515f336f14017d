"""Addresses of the hosts' desk.
Included by project.urls under desk/."""

from django.urls import path

from exchange.desk import views
from exchange.desk.views import figures, holding, messages, spaces, writing

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
    path("write/", writing.to_writing, name="writing"),
    path("figures/", figures.figures, name="figures"),
    path("figures/report/", figures.figures_report, name="figures-report"),
    path("figures/all.zip", figures.figures_all, name="figures-all"),
    path("figures/tables/<slug:slug>.csv", figures.figures_table, name="figures-table"),
    path("figures/<slug:tab>/", figures.figures, name="figures-tab"),
    path("people/", views.people, name="people"),
    path("questions/<int:pk>/", holding.hold, name="holding"),
    path("log/table.csv", views.table, name="log-table"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/welcome/", views.welcome, name="welcome"),
    path("people/<int:pk>/pause/", views.pause, name="pause"),
    path("people/<int:pk>/pause/end/", views.end_pause, name="pause-end"),
    path("looking/<str:what>/<int:pk>/", views.looking, name="looking"),
    path(
        "messages/contributions/<int:pk>/",
        messages.contribution_message,
        name="contribution-message",
    ),
    path("messages/answers/<int:pk>/", messages.reply_message, name="reply-message"),
    path("mail/", views.mail, name="mail"),
    path("mail/<int:pk>/", views.mail_decision, name="mail-decision"),
    path("mail/addresses/", views.mailbox_new, name="mailbox-new"),
    path("mail/addresses/<int:pk>/", views.mailbox, name="mailbox"),
    path("appeals/", views.appeals, name="appeals"),
    path("appeals/<int:pk>/", views.appeal, name="appeal"),
    # These two are the author's, who is no host.
    path("ask/contributions/<int:pk>/", views.ask_contribution, name="appeal-contribution"),
    path("ask/answers/<int:pk>/", views.ask_reply, name="appeal-reply"),
]
# Under hubs/: what waits for the hosts of a hub or a group.
inside = [
    path("<slug:slug>/queue/", spaces.queue, name="queue"),
    path(
        "<slug:slug>/queue/contributions/<int:pk>/", spaces.contribution, name="queue-contribution"
    ),
    path("<slug:slug>/queue/answers/<int:pk>/", spaces.reply, name="queue-reply"),
    path("<slug:slug>/queue/changes/<int:pk>/", spaces.revision, name="queue-revision"),
]
# The writing room, and all in it, without a language.
unprefixed = [
    path("desk/write/", writing.writing, name="desk-write"),
    path("desk/write/<path:rest>", writing.writing, name="desk-write-in"),
]
