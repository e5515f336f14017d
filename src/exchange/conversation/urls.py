"""Addresses of each kind's own page, and of answering, marking and following.
Included by project.urls."""

from django.urls import path

from exchange.conversation import views

app_name = "conversation"

urlpatterns = [
    path("questions/<int:pk>-<str:slug>/", views.page, {"kind": "question"}, name="question"),
    path("experiences/<int:pk>-<str:slug>/", views.page, {"kind": "experience"}, name="experience"),
    path("ideas/<int:pk>-<str:slug>/", views.page, {"kind": "idea"}, name="idea"),
    path("discussions/<int:pk>-<str:slug>/", views.page, {"kind": "discussion"}, name="discussion"),
    path("notices/<int:pk>-<str:slug>/", views.page, {"kind": "notice"}, name="notice"),
    path("contributions/<int:pk>/answers/", views.answer, name="answer"),
    path("contributions/<int:pk>/helped/", views.contribution_helped, name="contribution-helped"),
    path("contributions/<int:pk>/following/", views.following, name="following"),
    path("answers/<int:pk>/words/", views.revise, name="reply-revise"),
    path("answers/<int:pk>/withdrawal/", views.withdraw, name="reply-withdraw"),
    path("answers/<int:pk>/helped/", views.helped, name="reply-helped"),
    path("answers/<int:pk>/accepted/", views.accepted, name="reply-accepted"),
]
