"""The hosts' pages of channels: what is told where, a new one, one with its log, trying it out.
Called by urls alone; every page stands under /desk/announcing/."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from exchange.announcing.fediverse.queries import address
from exchange.announcing.models import Channel
from exchange.announcing.webhooks import actions, queries
from exchange.announcing.webhooks.forms import ChannelForm, initial
from exchange.members.doors import host_required, second_factor_required, unsent

# What is typed holds secrets: it is not kept in a session on the way to signing in.
_host_with_secrets = second_factor_required(
    may=lambda member: member.is_appointed, room="/desk/announcing/", keeping_text=False
)


@never_cache
@host_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All channels, and the way to the fediverse."""
    rows = [(row, queries.wants(row)) for row in queries.channels()]
    context = {"rows": rows, "follow": address(), "at": "announcing"}
    return render(request, "announcing/overview.html", context)


@sensitive_post_parameters("address", "secret")
@never_cache
@_host_with_secrets
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new channel."""
    form = ChannelForm(request.POST if request.method == "POST" else None, initial=unsent(request))
    if request.method == "POST" and form.is_valid():
        row = actions.make_channel(by=request.user, **form.columns())
        messages.success(request, _("Added. Try it out, before something is published."))
        return _to(row)
    return _form_page(request, form, None)


@sensitive_post_parameters("address", "secret")
@never_cache
@_host_with_secrets
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Other columns of one."""
    row = get_object_or_404(Channel, pk=pk)
    if request.method != "POST":
        return _form_page(request, ChannelForm(initial=initial(row), channel=row), row)
    form = ChannelForm(request.POST, channel=row)
    if not form.is_valid():
        return _form_page(request, form, row)
    drops = bool(form.cleaned_data.get("drops_secret"))
    actions.change_channel(channel=row, by=request.user, drops_secret=drops, **form.columns())
    messages.success(request, _("Changed."))
    return _to(row)


@never_cache
@host_required
@require_http_methods(["GET", "POST"])
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """One channel: how it fares, what it was told; trying it, resting it, taking it away."""
    row = get_object_or_404(Channel, pk=pk)
    if request.method == "POST":
        return _done(request, row)
    context = {
        "row": row,
        "wants": queries.wants(row),
        "tellings": queries.tellings(row),
        "at": "announcing",
    }
    return render(request, "announcing/channel.html", context)


def _done(request: HttpRequest, row: Channel) -> HttpResponse:
    what = request.POST.get("do", "")
    if what == "try":
        code = actions.try_out(channel=row)
        if code:
            said = _("It did not work (%(code)s).") % {"code": code}
            messages.error(request, said)
        else:
            messages.success(request, _("The other side took it. Look there whether it is shown."))
    elif what in ("rest", "wake"):
        actions.set_resting(channel=row, rests=what == "rest", by=request.user)
    elif what == "remove" and request.POST.get("sure") == "yes":
        actions.remove_channel(channel=row, by=request.user)
        messages.success(request, _("Taken away. It is told nothing any more."))
        return HttpResponseRedirect(reverse("announcing-desk:overview"))
    return _to(row)


def _form_page(request: HttpRequest, form: ChannelForm, row: Channel | None) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "row": row, "at": "announcing"}
    return render(request, "announcing/form.html", context, status=status)


def _to(row: Channel) -> HttpResponse:
    return HttpResponseRedirect(reverse("announcing-desk:channel", args=[row.pk]))
