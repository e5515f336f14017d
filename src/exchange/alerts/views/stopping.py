"""Stopping what comes by mail: one click from the mail program (RFC 8058), or a page; and undo.
Called through `alerts.urls`. No sign-in, no cookie, no redirect; looking changes nothing."""

from __future__ import annotations

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from exchange.alerts.stopping import actions, telling
from exchange.alerts.stopping.forms import OwnerForm
from exchange.alerts.stopping.things import Thing, named, read
from exchange.mail.tokens import BadToken, Expired, What
from exchange.members.models import Member

ONE_CLICK = ("List-Unsubscribe", "One-Click")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """What would stop, and the ways; a POST does it."""
    try:
        thing = read(token)
    except Expired:
        return _page(request, status=410, gone="old")
    except BadToken:
        return _page(request, status=404, gone="unknown")
    with translation.override(_language(request, thing.member)):
        return _post(request, thing) if request.method == "POST" else _ask(request, thing)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unstop(request: HttpRequest, token: str) -> HttpResponse:
    """Put back what was stopped, from the mail that told of it; after the address it was sent to,
    because its link is in every copy."""
    try:
        event_id, member = telling.undoing(token)
    except (BadToken, Expired):
        return render(request, "alerts/unstop.html", {"late": True}, status=410)
    with translation.override(_language(request, member)):
        form = None if _is_owner(request, member) else OwnerForm(member=member)
        if request.method != "POST":
            return render(request, "alerts/unstop.html", {"form": form})
        if form is not None:
            if not _may_try(request, member):
                return _page(request, gone="full", status=429)
            form = OwnerForm(request.POST, member=member)
            if not form.is_valid():
                return render(request, "alerts/unstop.html", {"form": form}, status=422)
        return _put_back(request, event_id, member)


def _put_back(request: HttpRequest, event_id: int, member: Member) -> HttpResponse:
    try:
        actions.put_back(event_id=event_id, member=member)
    except actions.TooLate:
        return render(request, "alerts/unstop.html", {"late": True}, status=410)
    return render(request, "alerts/unstop.html", {"done": True})


def _post(request: HttpRequest, thing: Thing) -> HttpResponse:
    """From the header: at once. From the text: after the address the mail was sent to."""
    name, value = ONE_CLICK
    if not thing.by_page and request.POST.get(name) == value:
        actions.stop(thing)
        return _page(request, thing, done="stop")
    way = request.POST.get("way", "")
    if way not in actions.WAYS:
        return _ask(request, thing, status=422)
    if thing.by_page and not _is_owner(request, thing.member):
        if not _may_try(request, thing.member):
            return _page(request, thing, gone="full", status=429)
        form = OwnerForm(request.POST, member=thing.member)
        if not form.is_valid():
            return _ask(request, thing, form=form, status=422)
    actions.stop(thing, way=way)
    return _page(request, thing, done=way)


def _may_try(request: HttpRequest, member: Member) -> bool:
    """Whoever has a copy may not find out by trying whose it is."""
    return bool(ratelimit.consume(request, action="stop_page", key=str(member.pk)))


def _is_owner(request: HttpRequest, member: Member) -> bool:
    return bool(request.user.is_authenticated and request.user.pk == member.pk)


def _ask(
    request: HttpRequest, thing: Thing, *, form: OwnerForm | None = None, status: int = 200
) -> HttpResponse:
    if form is None and thing.by_page and not _is_owner(request, thing.member):
        form = OwnerForm(member=thing.member)
    return _page(request, thing, form=form, status=status)


def _page(
    request: HttpRequest,
    thing: Thing | None = None,
    *,
    form: OwnerForm | None = None,
    done: str = "",
    gone: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "named": named(thing) if thing else "",
        "form": form,
        "elsewhere": bool(form and form.is_somebody_else),
        "less": thing is not None and thing.what is not What.STOP_ALL,
        "is_digest": thing is not None and thing.what is What.STOP_DIGEST,
        "done": done,
        "gone": gone,
    }
    return render(request, "alerts/stop.html", context, status=status)


def _language(request: HttpRequest, member: Member) -> str:
    """The owner's, unless the address says another one: a link in a header may have none."""
    asked: str = translation.get_language_from_path(request.path_info) or ""
    return asked or member.first_language or settings.LANGUAGE_CODE
