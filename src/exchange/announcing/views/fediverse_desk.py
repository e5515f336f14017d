"""The hosts' page of the fediverse: switch it on and off, how many follow, servers kept out.
Called by urls alone; it stands under /desk/announcing/."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchange.announcing.fediverse import actions, queries
from exchange.announcing.fediverse.forms import AccountForm, DomainForm
from exchange.announcing.models import Actor, Blocked
from exchange.members.doors import host_required, unsent


@never_cache
@host_required
@require_http_methods(["GET", "POST"])
def fediverse(request: HttpRequest) -> HttpResponse:
    """Everything about it on one page."""
    row = Actor.objects.order_by("pk").first()
    what = request.POST.get("do", "") if request.method == "POST" else ""
    account = AccountForm(
        request.POST if what == "on" else None, actor=row, initial=_initial(request, row)
    )
    domain = DomainForm(request.POST if what == "block" else None)
    if what == "on" and account.is_valid():
        actions.switch_on(by=request.user, **account.columns())
        messages.success(request, _("It is on. What is published from now on is told there."))
        return _back()
    if what == "block" and domain.is_valid():
        actions.block(domain=domain.cleaned_data["domain"], by=request.user)
        messages.success(request, _("Kept out. Who followed from there is forgotten."))
        return _back()
    if what and _done(request, what):
        return _back()
    context = {
        "row": row,
        "account": account,
        "domain": domain,
        "address": queries.account_of(row).address if row else "",
        "count": queries.follower_count(),
        "domains": queries.domains(),
        "blocked": Blocked.objects.order_by("domain"),
        "lacks_key": row is not None and queries.pen(row) is None,
        "at": "announcing",
    }
    status = 422 if account.errors or domain.errors else 200
    return render(request, "announcing/fediverse.html", context, status=status)


def _done(request: HttpRequest, what: str) -> bool:
    """What needs no form. True when there is nothing more to show."""
    if what == "off":
        actions.switch_off(by=request.user)
        messages.success(request, _("It is off. Nothing is told there any more."))
    elif what == "forget" and request.POST.get("sure") == "yes":
        actions.forget_all(by=request.user)
        messages.success(request, _("All followers are forgotten."))
    elif what == "key":
        actions.fresh_key(by=request.user)
        messages.success(request, _("The account has a new key."))
    elif what == "unblock":
        actions.unblock(domain=request.POST.get("domain", ""), by=request.user)
    return what not in ("on", "block")


def _initial(request: HttpRequest, row: Actor | None) -> dict:
    if row is not None:
        return {"name": row.name, "summary": row.summary}
    return {"name": settings.SITE_NAME, "handle": "exchange", **unsent(request)}


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("announcing-desk:fediverse"))
