"""Addresses of following and of mail wishes.
Included by project.urls."""

from django.urls import URLPattern, URLResolver, path

from exchange.alerts.views import channels, digest, following, mail, stopping

app_name = "alerts"

urlpatterns: list[URLPattern | URLResolver] = [
    path("mail/stop/<str:token>/", stopping.stop, name="stop"),
    path("mail/stopped/<str:token>/", stopping.unstop, name="unstop"),
    path("me/mail/", mail.mail, name="mail"),
    path("me/mail/wishes/", mail.wishes, name="wishes"),
    path("me/mail/act/", mail.act, name="act"),
    path("me/mail/sent/", mail.sent, name="sent"),
    path("me/mail/change/", following.change, name="change"),
    path("me/mail/why/<str:item>/", following.why, name="why"),
    path("me/mail/follow/help/", following.follow, {"kind": "help"}, name="follow-help"),
    path("me/mail/follow/<slug:kind>/<str:value>/", following.follow, name="follow"),
    path("me/mail/digest/", digest.ahead, name="digest"),
    path("me/mail/digest/<slug:period>/", digest.kept, name="digest-kept"),
    path("me/channels/", channels.channels, name="channels"),
    path("me/channels/browser/", channels.device, name="device"),
    path("me/channels/number/", channels.number, name="number"),
    path("me/channels/number/<slug:gateway>/code/", channels.code, name="number-code"),
    path("mail/number/<str:token>/", channels.number_stop, name="number-stop"),
]
