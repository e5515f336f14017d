"""Addresses of asking, sharing, lists of each kind, drafts, and changing one's own words;
the addresses of pictures. Included by project.urls."""

from django.urls import URLPattern, path

from exchange.contributions import views
from exchange.contributions.views import calendar, postcards, voice
from exchange.contributions.views import inside as inside_views

app_name = "contributions"

# Outside the languages: a picture has one address in all of them.
unprefixed = [
    path("notices/<int:pk>/event.ics", calendar.of_notice, name="notice-ics"),
    path("pictures/<str:key>/<int:size>.webp", views.picture, name="picture"),
    path("cards/exchange.png", postcards.card_of_the_exchange, name="exchange-card"),
    path("cards/<int:pk>-<slug:language>.png", postcards.card, name="contribution-card"),
]

# One's own protected words, and the keepers' pages of the desk.
voices: list[URLPattern] = [
    path("me/voices/", voice.own, name="own"),
    path("me/voices/<int:pk>/", voice.one, name="one"),
    path("me/voices/<int:pk>/words/", voice.change, name="change"),
    path("me/voices/<int:pk>/act/", voice.act, name="act"),
]
voices_for_hosts: list[URLPattern] = [
    path("voices/", voice.keepers, name="voices"),
    path("voices/keepers/", voice.keep, name="keep"),
    path("voices/<int:pk>/", voice.look, name="look"),
]
# Under hubs/: what stands in a hub or a group, for those inside.
inside = [
    path("<slug:slug>/talk/", inside_views.talk, name="talk"),
    path("everybody/<int:pk>/", inside_views.share_on, name="share-on"),
    path("everybody/<int:pk>/asking/", inside_views.ask_to_share, name="share-asking"),
]

urlpatterns = [
    path("ask/", views.ask, name="ask"),
    path("share/", views.share, name="share"),
    path("share/idea/", views.share_kind, {"kind": "idea"}, name="share-idea"),
    path("share/discussion/", views.share_kind, {"kind": "discussion"}, name="share-discussion"),
    path("share/notice/", views.share_kind, {"kind": "notice"}, name="share-notice"),
    path("share/experience/", views.experience_start, name="share-experience"),
    path("share/experience/<str:key>/<slug:step>/", views.experience_step, name="experience-step"),
    path("drafts/<str:key>/", views.draft, name="draft"),
    path("questions/", views.listing, {"kind": "question"}, name="question-list"),
    path("experiences/", views.listing, {"kind": "experience"}, name="experience-list"),
    path("ideas/", views.listing, {"kind": "idea"}, name="idea-list"),
    path("discussions/", views.listing, {"kind": "discussion"}, name="discussion-list"),
    path("notices/", views.listing, {"kind": "notice"}, name="notice-list"),
    path("contributions/<int:pk>/words/", views.revise, name="revise"),
    path("contributions/<int:pk>/withdrawal/", views.withdraw, name="withdraw"),
    path("contributions/<int:pk>/closing/", views.close, name="close"),
    path("contributions/<int:pk>/passing/", postcards.pass_on, name="pass-on"),
    path("contributions/<int:pk>/pictures/", views.add_picture, name="picture-add"),
    path("pictures/<str:key>/publication/", views.let_picture_out, name="picture-out"),
    path("pictures/<str:key>/withdrawal/", views.take_picture_away, name="picture-away"),
]
