"""A picture's own address, adding one to what one shared, letting one out, taking one away.
Called by urls.py alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http import HttpResponseRedirect as Redirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution, Picture
from exchange.contributions.pictures import actions, rules, store
from exchange.contributions.pictures.forms import PictureForm
from exchange.contributions.pictures.queries import beside
from exchange.members.doors import member_required_keeping_text, unsent

_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def picture(request: HttpRequest, key: str, size: int) -> HttpResponse:
    """One file, asked for anew each time: what is withdrawn is gone from every browser at once."""
    reader = request.user if request.user.is_authenticated else None
    row: Picture = get_object_or_404(Picture.objects.visible_to(reader), key=key)
    data = store.read(row.key, size)
    if data is None:
        raise Http404
    etag = f'"{row.size(size).get("sha256", "")}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(data, content_type="image/webp", headers=_HEADERS)
        response["Content-Disposition"] = f'inline; filename="picture-{size}.webp"'
    response["ETag"] = etag
    is_public = row.is_out and reader is None
    response["Cache-Control"] = "no-cache" if is_public else "private, no-cache"
    return response


@never_cache
@member_required_keeping_text
def add_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Another picture for what one has shared."""
    rows = Contribution.objects.visible_to(request.user)
    contribution: Contribution = get_object_or_404(rows, pk=pk)
    if not rules.may_add_to_own(request.user, contribution):
        raise Http404
    if request.method != "POST":
        return _page(request, contribution, PictureForm.begun(unsent(request)))
    form = PictureForm(request.POST, request.FILES, member=request.user)
    if form.is_valid() and form.ready is None:
        form.add_error("file", _("Please choose a picture first."))
    if not form.is_valid() or form.ready is None:
        return _page(request, contribution, form, status=422)
    try:
        row = actions.add(ready=form.ready, contribution=contribution, by=request.user)
    except actions.TooMany:
        form.add_error(None, _("Four pictures stand here already. Take one away first."))
        return _page(request, contribution, form, status=422)
    except NotAllowed as error:
        raise Http404 from error
    say_after(request, row)
    return Redirect(contribution.get_absolute_url())


def say_after(request: HttpRequest, row: Picture) -> None:
    if row.is_waiting:
        messages.info(request, _("Thank you. A host looks at the picture before it goes out."))
    else:
        messages.success(request, _("Your picture is there."))


@require_POST
@member_required_keeping_text(back=lambda request, key: "/")
def take_picture_away(request: HttpRequest, key: str) -> HttpResponse:
    """One press, by who added it or by a host: the picture and all its files are gone."""
    row = _own(request, key)
    is_consent = bool(request.POST.get("consent"))
    try:
        actions.take_away(picture=row, by=request.user, consent_withdrawn=is_consent)
    except NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("The picture is gone, with every copy we had."))
    return Redirect(_back(request, row))


@require_POST
@member_required_keeping_text(back=lambda request, key: "/")
def let_picture_out(request: HttpRequest, key: str) -> HttpResponse:
    """A host has looked at it."""
    row = _own(request, key)
    try:
        actions.let_out(picture=row, by=request.user)
    except NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("The picture is out."))
    return Redirect(_back(request, row))


def _own(request: HttpRequest, key: str) -> Picture:
    rows = Picture.objects.visible_to(request.user).select_related("contribution")
    found: Picture = get_object_or_404(rows, key=key)
    return found


def _back(request: HttpRequest, row: Picture) -> str:
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return row.contribution.get_absolute_url()


def _page(
    request: HttpRequest, contribution: Contribution, form: Any, status: int = 200
) -> HttpResponse:
    context = {
        "contribution": contribution,
        "picture": form,
        "pictures": beside(contribution.pk, request.user).get(None, []),
    }
    return render(request, "contributions/add_picture.html", context, status=status)
