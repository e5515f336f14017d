"""Who may come into the writing room, and how far: hosts who have shown a second factor, with all the
editor's powers for this one request. Used by the settings of the writing room's process alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import activate
from wagtail.users.models import UserProfile

from exchange.alerts.digests.times import zone_of
from exchange.alerts.wishing.queries import wishes_of
from exchange.members.doors import second_factor_required
from exchange.members.models import Member
from exchange.writing.openings import is_open, may_use

ROOM = "/desk/write/"
# Where the editor's words are more complete by another name; Kiswahili it does not speak.
EDITORS = {"pt": "pt-pt"}


class HostsAloneMiddleware:
    """The web process has asked all this before it passed a request on; whoever comes to the port
    itself is asked again here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        guard = second_factor_required(may=_may_write, room=ROOM, keeping_text=False)
        self._get_response = get_response
        self._guarded = guard(self._enter)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOM):
            return self._get_response(request)
        return self._guarded(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """What hosts do not need is closed, whatever the editor offers."""
        match = request.resolver_match
        if request.path_info.startswith(ROOM) and not (match and is_open(match.view_name)):
            raise Http404
        return None

    def _enter(self, request: HttpRequest) -> HttpResponse:
        """All that the editor can do, on this request alone: it is never kept (see hooks.py)."""
        member = request.user
        assert isinstance(member, Member)  # noqa: S101 - the guard let nobody else through
        lend_powers(member)
        give_wishes(member)
        activate(member.first_language)  # until the next request chooses its own
        request.LANGUAGE_CODE = member.first_language
        return self._get_response(request)


def lend_powers(member: Member) -> None:
    """The editor's rules ask for a superuser; which of its rooms that opens, `may_use` says."""
    member.is_superuser = True
    member.has_perm = _power  # type: ignore[method-assign]


def _power(perm: str, obj: object = None) -> bool:
    return may_use(perm)


def give_wishes(member: Member) -> None:
    """The editor asks a row of its own for language, hours and name; this one is not kept."""
    UserProfile(
        user=member,  # the member now has it
        preferred_language=EDITORS.get(member.first_language, member.first_language),
        current_time_zone=zone_of(wishes_of(member)).key,
        dismissibles={"help": True},  # nothing there is news
    )
    member.first_name = member.shown_name  # type: ignore[attr-defined]


def _may_write(member: Member) -> bool:
    return member.is_appointed
