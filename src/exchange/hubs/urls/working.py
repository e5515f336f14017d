"""Addresses of what a group keeps for itself.
Included by urls/__init__.py, before the names of the spaces themselves."""

from django.urls import URLPattern, path

from exchange.hubs.views.working import decisions, drafts, files, meetings, notes, points, waiting

_in = "<slug:slug>"
_meeting = f"{_in}/meetings/<int:pk>"
_decision = f"{_in}/decisions/<int:pk>"
_draft = f"{_in}/drafts/<int:pk>"
_point = f"{_in}/points/<int:pk>"
_paper = f"{_in}/papers/<int:pk>"

urlpatterns: list[URLPattern] = [
    path("meetings/calendar/", meetings.subscription, name="calendar-own"),
    path("meetings/calendar/<str:key>.ics", meetings.feed, name="calendar"),
    path("letters/<str:token>/", waiting.stop, name="letters-stop"),
    path(f"{_in}/meetings/", meetings.listing, name="meetings"),
    path(f"{_in}/meetings/new/", meetings.new, name="meeting-new"),
    path(f"{_meeting}/", meetings.one, name="meeting"),
    path(f"{_meeting}/change/", meetings.change, name="meeting-change"),
    path(f"{_meeting}/off/", meetings.call_off, name="meeting-off"),
    path(f"{_meeting}/coming/", meetings.come, name="meeting-come"),
    path(f"{_meeting}/agenda/", meetings.propose, name="agenda-propose"),
    path(f"{_meeting}/meeting.ics", meetings.own_file, name="meeting-file"),
    path(f"{_meeting}/notes/", notes.one, name="notes"),
    path(f"{_meeting}/notes/write/", notes.write, name="notes-write"),
    path(f"{_meeting}/notes/finished/", notes.finish, name="notes-finish"),
    path(f"{_in}/agenda/<int:pk>/", meetings.decide, name="agenda-decide"),
    path(f"{_in}/decisions/", decisions.listing, name="decisions"),
    path(f"{_in}/decisions/new/", decisions.new, name="decision-new"),
    path(f"{_decision}/", decisions.one, name="decision"),
    path(f"{_decision}/change/", decisions.change, name="decision-change"),
    path(f"{_decision}/say/", decisions.say, name="decision-say"),
    path(f"{_decision}/outcome/", decisions.close, name="decision-close"),
    path(f"{_in}/drafts/", drafts.listing, name="drafts"),
    path(f"{_in}/drafts/new/", drafts.new, name="draft-new"),
    path(f"{_draft}/", drafts.one, name="draft"),
    path(f"{_draft}/change/", drafts.change, name="draft-change"),
    path(f"{_draft}/versions/", drafts.versions, name="draft-versions"),
    path(f"{_draft}/restored/", drafts.restore, name="draft-restore"),
    path(f"{_draft}/ready/", drafts.ready, name="draft-ready"),
    path(f"{_draft}/consent/", drafts.consent, name="draft-consent"),
    path(f"{_draft}/handed-on/", drafts.hand_on, name="draft-on"),
    path(f"{_in}/points/", points.listing, name="points"),
    path(f"{_in}/points/new/", points.new, name="point-new"),
    path(f"{_point}/", points.one, name="action"),
    path(f"{_point}/change/", points.change, name="point-change"),
    path(f"{_point}/done/", points.mark, name="point-done"),
    path(f"{_in}/files/", files.listing, name="files"),
    path(f"{_in}/files/new/", files.new, name="file-new"),
    path(f"{_in}/files/<int:pk>/", files.one, name="file"),
    path(f"{_in}/files/<int:pk>/version/", files.replace, name="file-replace"),
    path(f"{_in}/files/<str:key>/<str:name>", files.file_bytes, name="file-bytes"),
    path(f"{_in}/papers/waiting/", waiting.waiting, name="papers-waiting"),
    path(f"{_paper}/decision/", waiting.decide, name="paper-decide"),
    path(f"{_paper}/away/", waiting.take_away, name="paper-away"),
]
for_hosts: list[URLPattern] = []
