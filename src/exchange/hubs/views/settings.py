"""Hosts open a hub or a group, say what it is, close it and open it again.
Called by `urls/spaces.py`."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.core import languages
from exchange.hubs.errors import ChangedMeanwhile
from exchange.hubs.judging import Stopped
from exchange.hubs.models import Space
from exchange.hubs.spaces import actions, queries
from exchange.hubs.spaces.forms import OpenForm, WordsForm, told_by
from exchange.hubs.views.doors import STOPPED, managing_required
from exchange.members.doors import host_required, unsent


@never_cache
@host_required
def overview(request):
    """All spaces, closed ones too, with how many people and hosts each has."""
    context = {"spaces": queries.for_hosts(), "at": "hubs"}
    return render(request, "hubs/spaces/overview.html", context)


@never_cache
@host_required
def new(request):
    """Open one."""
    first = {"language": languages.current(), "time_zone": "UTC", "is_listed": True}
    if request.method != "POST":
        return _new_page(request, OpenForm(initial={**first, **unsent(request)}))
    form = OpenForm(request.POST)
    if form.is_valid():
        where = {name: form.cleaned_data[name] for name in ("kind", "region", "parent")}
        try:
            space = actions.open_space(words=form.words, by=request.user, **where)
        except Stopped:
            form.add_error(None, STOPPED)
        else:
            if form.cleaned_data["i_host"]:
                actions.seat_first_host(space=space, by=request.user)
            messages.success(request, _("It is open. Invite the people who belong to it."))
            return redirect("hubs:people", slug=space.slug)
    return _new_page(request, form, status=422)


@never_cache
@managing_required
def settings(request, space):
    """What it is and how it works."""
    if request.method != "POST":
        return _settings_page(request, space, WordsForm(initial=told_by(space)))
    form = WordsForm(request.POST, initial=told_by(space))
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change(space=space, words=form.words, version=version, by=request.user)
        except ChangedMeanwhile:
            fresh = Space.objects.get(pk=space.pk)
            form.add_error(
                None,
                _(
                    "Another host changed it meanwhile. Your words are still here; look at the page beside them, then save again."
                ),
            )
            form.data = {**form.data.dict(), "countries": request.POST.getlist("countries"), "languages": request.POST.getlist("languages"), "version": fresh.version}  # fmt: skip
        except Stopped:
            form.add_error(None, STOPPED)
        else:
            messages.success(request, _("Saved."))
            return redirect(space)
    return _settings_page(request, space, form, status=422)


@require_POST
@host_required
def close(request, slug):
    """Close it, or open it again."""
    space = get_object_or_404(Space, slug=slug)
    if request.POST.get("act") == "reopen":
        actions.reopen(space=space, by=request.user)
        messages.success(request, _("It is open again."))
    else:
        actions.close(space=space, by=request.user)
        messages.success(request, _("It is closed. Those inside can go on reading."))
    return redirect("hubs-desk:overview")


def _new_page(request, form, status=200):
    return render(request, "hubs/spaces/new.html", {"form": form, "at": "hubs"}, status=status)


def _settings_page(request, space, form, status=200):
    context = {"form": form, "space": space}
    return render(request, "hubs/spaces/settings.html", context, status=status)
