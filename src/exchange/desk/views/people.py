"""The people a host looks after: welcoming, one person's history, pauses.
Reached through urls.py by hosts who have shown a second factor."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from exchange.desk.forms import PauseForm
from exchange.desk.queries import people as community
from exchange.members import actions, rules
from exchange.members.doors import host_required
from exchange.members.models import Member


@host_required
@never_cache
@require_GET
def people(request):
    return render(request, "desk/people.html", {"people": community.people(request.user)})


@host_required
@never_cache
@require_GET
def person(request, pk):
    return _page(request, _member(pk), PauseForm(initial={"length": "72"}))


@host_required
@require_POST
def welcome(request, pk):
    member = _member(pk)
    actions.welcome(member=member, by=request.user)
    told = _("%(name)s is welcomed. Once you let out their first words, later ones need not wait.")
    if member.accepted_at:
        told = _("%(name)s is welcomed: what they write need not wait any more.")
    messages.success(request, told % {"name": member.shown_name})
    return redirect("desk:people")


@host_required
@never_cache
@require_POST
def pause(request, pk):
    member = _member(pk)
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, member, form, status=422)
    given = form.cleaned_data
    try:
        actions.pause(
            member=member,
            until=given["until"],
            by=request.user,
            why=given["why"],
            note=given["note"],
        )
    except actions.NotPausable as refusal:
        raise Http404 from refusal
    told = _("%(name)s is paused until %(day)s, and is told by e-mail.")
    day = date_format(given["until"], "DATE_FORMAT")
    messages.success(request, told % {"name": member.shown_name, "day": day})
    return redirect("desk:person", pk=pk)


@host_required
@require_POST
def end_pause(request, pk):
    member = _member(pk)
    actions.end_pause(member=member, by=request.user)
    messages.success(request, _("%(name)s can write again.") % {"name": member.shown_name})
    return redirect("desk:person", pk=pk)


def _member(pk):
    return get_object_or_404(Member.objects.active(), pk=pk)


def _page(request, member, form, status=200):
    context = {
        "person": community.person(member, request.user),
        "form": form,
        "may_pause": rules.may_pause(request.user, member),
    }
    return render(request, "desk/person.html", context, status=status)
