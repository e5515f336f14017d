"""Getting the newsletter, saying yes to it, one's own page of it, and stopping it.
Called through urls/subscribing.py. Looking changes nothing; what it says does not depend on whether
an address is known."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from exchange.briefings.errors import NotNow
from exchange.briefings.models import Subscriber
from exchange.briefings.subscribing import actions, queries
from exchange.briefings.subscribing.forms import AddressForm, ChoiceForm, SubscribeForm
from exchange.mail.tokens import What

ONE_CLICK = ("List-Unsubscribe", "One-Click")
_FOLDER = "briefings/subscribing"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """An address that is asked by mail; a member's choice with one tap."""
    if request.user.is_authenticated:
        return _member(request)
    if request.method != "POST":
        sent = "sent" in request.GET
        # A hub's page leads here with the hub chosen.
        first = {"hub": request.GET.get("hub", "")[:60]}
        return _subscribe_page(request, None if sent else SubscribeForm(initial=first), sent=sent)
    form = SubscribeForm(request.POST)
    if not form.is_valid():
        return _subscribe_page(request, form, status=422)
    told = form.cleaned_data
    if not _may_ask(request, told["email"]):
        why = _("That was too often in a short time. Please wait a little.")
        return _subscribe_page(request, form, status=429, why=why)
    actions.ask(address=told["email"], language=told["language"], hub=told["hub"])
    return HttpResponseRedirect(f"{reverse('briefings:subscribe')}?sent=1")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """From the letter that asks: a page with one button; the button is the yes."""
    found = queries.of_token(token, What.NEWS_CONFIRM)
    if found is None:
        return _private(render(request, f"{_FOLDER}/confirm.html", {"gone": True}, status=410))
    row = found[1]
    with translation.override(_spoken(request, row)):
        if request.method != "POST":
            return _private(render(request, f"{_FOLDER}/confirm.html", {"row": row}))
        if request.POST.get("act") == "no":
            actions.refuse(subscriber=row)
            return _private(render(request, f"{_FOLDER}/confirm.html", {"refused": True}))
        try:
            row = actions.confirm(subscriber=row)
        except NotNow:
            return _private(render(request, f"{_FOLDER}/confirm.html", {"gone": True}, status=410))
        messages.success(request, _("Thank you. The next newsletter comes to you."))
        return HttpResponseRedirect(_own_page(row))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, key: str) -> HttpResponse:
    """One's own page: what we hold, another language or hub, stop, put back."""
    row = queries.by_key(key)
    if row is None:
        raise Http404
    if row.member_id is not None:
        return HttpResponseRedirect(reverse("briefings:subscribe"))
    form = ChoiceForm(initial={"language": row.language, "hub": row.hub})
    if request.method != "POST":
        return _own(request, row, form)
    act = request.POST.get("act", "")
    if act == "stop":
        actions.stop(subscriber=row)
        return HttpResponseRedirect(_own_page(row))
    if act == "again":
        return _again(request, row)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _own(request, row, form, status=422)
    actions.change(subscriber=row, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(_own_page(row))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """From the header of a newsletter: at one click (RFC 8058). From its text, where copies show
    it: after the address it was sent to."""
    found = queries.of_token(token, What.NEWS_STOP, What.NEWS_PAGE)
    if found is None:
        return _stop_page(request, gone=True, status=404)
    what, row = found
    with translation.override(_spoken(request, row)):
        by_page = what is What.NEWS_PAGE and not _is_owner(request, row)
        if request.method != "POST":
            return _stop_page(request, row, form=AddressForm(subscriber=row) if by_page else None)
        if by_page and not _may_try(request, row):
            return _stop_page(request, row, full=True, status=429)
        form = AddressForm(request.POST, subscriber=row) if by_page else None
        if form is not None and not form.is_valid():
            return _stop_page(request, row, form=form, status=422)
        if request.POST.get("act") == "change":
            return HttpResponseRedirect(_own_page(row))
        actions.stop(subscriber=row)
        return _stop_page(request, row, done=True)


def _member(request: HttpRequest) -> HttpResponse:
    row = queries.of_member(request.user)
    known = {"language": row.language, "hub": row.hub} if row else {}
    asked = request.GET.get("hub", "")[:60]
    known = known or {"language": request.user.first_language, "hub": asked}
    if request.method != "POST":
        return _subscribe_page(request, ChoiceForm(initial=known), row=row)
    if request.POST.get("act") == "stop":
        if row is not None:
            actions.stop(subscriber=row)
        messages.success(request, _("The newsletter does not come any more."))
        return HttpResponseRedirect(reverse("briefings:subscribe"))
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _subscribe_page(request, form, row=row, status=422)
    actions.take(member=request.user, **form.cleaned_data)
    messages.success(request, _("Saved. The next newsletter comes to you."))
    return HttpResponseRedirect(reverse("briefings:subscribe"))


def _again(request: HttpRequest, row: Subscriber) -> HttpResponse:
    form = AddressForm(request.POST, subscriber=row)
    if not _may_try(request, row):
        return _own(request, row, None, again=form, status=429)
    if not form.is_valid():
        return _own(request, row, None, again=form, status=422)
    try:
        actions.put_back(subscriber=row, address=form.cleaned_data["address"])
    except NotNow:
        return HttpResponseRedirect(reverse("briefings:subscribe"))
    messages.success(request, _("It is as it was before."))
    return HttpResponseRedirect(_own_page(row))


def _own(
    request: HttpRequest,
    row: Subscriber,
    form: ChoiceForm | None,
    *,
    again: AddressForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if again is None and not row.is_getting:
        again = AddressForm(subscriber=row)
    context = {"row": row, "form": form, "again": again}
    return _private(render(request, f"{_FOLDER}/own.html", context, status=status))


def _subscribe_page(
    request: HttpRequest,
    form: ChoiceForm | None,
    *,
    row: Subscriber | None = None,
    sent: bool = False,
    why: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "row": row, "sent": sent, "why": why}
    return render(request, f"{_FOLDER}/subscribe.html", context, status=status)


def _stop_page(
    request: HttpRequest,
    row: Subscriber | None = None,
    *,
    form: AddressForm | None = None,
    done: bool = False,
    gone: bool = False,
    full: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "elsewhere": bool(form and form.is_somebody_else),
        "done": done,
        "gone": gone,
        "full": full,
    }
    return _private(render(request, f"{_FOLDER}/stop.html", context, status=status))


def _may_ask(request: HttpRequest, address: str) -> bool:
    """Few letters to one address, some more from one line: nobody is flooded in another's name."""
    from_here = ratelimit.consume(request, action="newsletter_from_a_line", key="visitor")
    return bool(
        from_here and ratelimit.consume(request, action="newsletter_for_an_address", key=address)
    )


def _may_try(request: HttpRequest, row: Subscriber) -> bool:
    """Whoever has a copy may not find out by trying whose it is."""
    return bool(ratelimit.consume(request, action="stop_page", key=f"newsletter{row.pk}"))


def _is_owner(request: HttpRequest, row: Subscriber) -> bool:
    return bool(request.user.is_authenticated and request.user.pk == row.member_id)


def _own_page(row: Subscriber) -> str:
    if row.member_id is not None:
        return reverse("briefings:subscribe")
    return reverse("briefings:subscription", args=[row.key])


def _spoken(request: HttpRequest, row: Subscriber) -> str:
    """The language of the address, if it says one; else theirs."""
    asked: str = translation.get_language_from_path(request.path_info) or ""
    return asked or row.language


def _private(response: HttpResponse) -> HttpResponse:
    """No cache between keeps it, no search engine lists it, no page behind it learns its address."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
