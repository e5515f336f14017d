"""Doors: who may come in to a view, and that nothing typed is lost on the way to signing in.
For the views of every room.

    @member_required_keeping_text                     # the form and its POST share one address
    def ask(request): ...

    @member_required_keeping_text(back=lambda request, pk: f"/questions/{pk}/")
    def reply(request, pk): ...                       # POST only; its form stands on another page

A signed-out POST is kept in the session, the person signs in and comes back by GET to the page of
the form with `?unsent=1`. There the view fills the form:

    form = AskForm(request.POST or None, initial=unsent(request))

`unsent` gives {} when nothing is kept. What is kept goes away with the next signed-in POST through
the same door (so a line that drops between the two loses nothing), or after a day. File fields
cannot be kept: the form asks for them again.

    @host_required                                    # 404 for members, a second factor for hosts
    def desk(request): ...

`@member_required` is for pages that have no text to lose.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, overload
from urllib.parse import unquote, urlencode, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language_from_path

from exchange.members.models import Member
from exchange.members.rules import has_second_factor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Back = Callable[..., str]

_KEPT = "unsent"
_KEPT_SECONDS = 24 * 60 * 60
_KEPT_AT_MOST = 3
_NOT_TEXT = {"csrfmiddlewaretoken"}


def member_required(view: View[P]) -> View[P]:
    """Only for people who have signed in; others are led to the sign-in page and back."""

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return _to_sign_in(request.get_full_path())

    return door


@overload
def member_required_keeping_text(view: View[P]) -> View[P]: ...
@overload
def member_required_keeping_text(*, back: Back) -> Callable[[View[P]], View[P]]: ...
def member_required_keeping_text(view: Any = None, *, back: Back | None = None) -> Any:
    """As `member_required`, and what a signed-out person posted is kept for them."""
    if view is None:
        return lambda real: _keeping_text(real, back)
    return _keeping_text(view, back)


def _keeping_text(view: View[P], back: Back | None) -> View[P]:
    """`back` gives the address of the page that has the form; without it, the view's own."""

    @wraps(view)
    def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        page = back(request, *args, **kwargs) if back else request.get_full_path()
        if request.user.is_authenticated:
            if request.method == "POST":
                _forget(request, page)
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return _to_sign_in(page)
        _keep(request, page)
        return _to_sign_in(_with_query(page, "unsent=1"))

    return door


def host_required(view: View[P]) -> View[P]:
    """Only for hosts who have shown a second factor. A host without one is led to set it up; a
    member gets 404; a visitor may sign in first, and what they posted is kept."""
    return second_factor_required(may=_is_host, room="/desk/")(view)


def second_factor_required(
    *, may: Callable[[Member], bool], room: str, keeping_text: bool = True
) -> Callable[[View[P]], View[P]]:
    """As `host_required`, for whom `may` lets in. `room` is the page to come back to after a
    POST, which has no page of its own. What must not lie in a session is not kept."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def door(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            member = request.user
            if not (isinstance(member, Member) and may(member)):
                raise Http404
            page = request.get_full_path() if request.method == "GET" else _room(request, room)
            if not has_second_factor(member):
                return HttpResponseRedirect(_with_next(reverse("members:second-factor"), page))
            if not showed_second_factor(request, member):
                return HttpResponseRedirect(_with_next(reverse("mfa_reauthenticate"), page))
            return view(request, *args, **kwargs)

        @wraps(view)
        def strict(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.user.is_authenticated:
                return door(request, *args, **kwargs)
            page = request.get_full_path() if request.method == "GET" else _room(request, room)
            return _to_sign_in(page)

        return member_required_keeping_text(door) if keeping_text else strict

    return guard


def _is_host(member: Member) -> bool:
    return member.is_appointed


def unsent(request: HttpRequest, path: str = "") -> dict[str, Any]:
    """What this person typed on the page before they had to sign in, ready for `initial=`: one
    value as text, several as a list. Only when they come back with `?unsent=1`."""
    if "unsent" not in request.GET:
        return {}
    kept = _kept(request).get(_plain(path or request.path))
    if not kept:
        return {}
    return {
        name: values[0] if len(values) == 1 else values for name, values in kept["fields"].items()
    }


def _to_sign_in(page: str) -> HttpResponse:
    return HttpResponseRedirect(_with_next(reverse("account_login"), page))


def _with_next(address: str, page: str) -> str:
    return f"{address}?{urlencode({'next': page})}"


def _with_query(page: str, query: str) -> str:
    parts = urlsplit(page)
    return parts._replace(query="&".join(filter(None, [parts.query, query]))).geturl()


def _room(request: HttpRequest, room: str) -> str:
    """The first page of a room at the desk, in the language of this address, which is not always
    one of the desk's."""
    spoken = get_language_from_path(request.path)
    return f"/{spoken}{room}" if spoken else room


def showed_second_factor(request: HttpRequest, member: Member) -> bool:
    """In this session: a session begun before the second factor was set up has not."""
    records = get_authentication_records(request, member)
    return any(record.get("method") == "mfa" for record in records)


def _plain(page: str) -> str:
    """The path of an address without its escapes: a request has it plain, a link has it escaped."""
    return unquote(urlsplit(page).path)


def _kept(request: HttpRequest) -> dict[str, dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = request.session.get(_KEPT, {})
    oldest = time.time() - _KEPT_SECONDS
    return {path: entry for path, entry in kept.items() if entry["at"] > oldest}


def _keep(request: HttpRequest, page: str) -> None:
    """The last few pages' texts; the oldest makes room."""
    kept = _kept(request)
    fields = {name: values for name, values in request.POST.lists() if name not in _NOT_TEXT}
    kept.pop(_plain(page), None)
    kept[_plain(page)] = {"at": time.time(), "fields": fields}
    newest = sorted(kept, key=lambda path: kept[path]["at"])[-_KEPT_AT_MOST:]
    request.session[_KEPT] = {path: kept[path] for path in newest}


def _forget(request: HttpRequest, page: str) -> None:
    if _KEPT in request.session:
        path = _plain(page)
        kept = {other: entry for other, entry in _kept(request).items() if other != path}
        request.session[_KEPT] = kept
