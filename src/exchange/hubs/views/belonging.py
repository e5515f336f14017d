"""Asking to belong, the people of a space, their roles, one's own places, leaving.
Called by `urls/spaces.py`."""

import csv

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.hubs import rules
from exchange.hubs.belonging import actions, queries
from exchange.hubs.belonging.forms import AskForm, NoteForm, RoleForm
from exchange.hubs.errors import LastHost, NotNow
from exchange.hubs.judging import Stopped
from exchange.hubs.models import Membership, Space
from exchange.hubs.views.doors import STOPPED, managing_required
from exchange.members.doors import member_required, member_required_keeping_text, unsent
from exchange.members.queries import shown

A_PAGE = 50
_LAST = _lazy("You are the only host. Make somebody else a host first, or leave it to the hosts of the Exchange.")  # fmt: skip


@never_cache
@member_required_keeping_text
def join(request, slug):
    """Ask to belong, with a few words."""
    space = get_object_or_404(Space.objects.visible_to(request.user), slug=slug)
    if rules.is_within(request.user, space.pk):
        return redirect(space)
    form = AskForm(request.POST) if request.method == "POST" else AskForm(initial=unsent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(space=space, member=request.user, words=form.cleaned_data["words"])
        except NotNow:
            form.add_error(None, _("At present nobody can ask to come in here."))
        except Stopped:
            form.add_error("words", STOPPED)
        else:
            messages.success(request, _("Thank you. The hosts have it and answer you by mail."))
            return redirect(space)
    context = {"space": space, "form": form}
    status = 422 if form.errors else 200
    return render(request, "hubs/belonging/join.html", context, status=status)


@never_cache
@member_required
def people(request, slug):
    """Who belongs to it; for its hosts also who asked."""
    space = _space_with_people(request, slug)
    may_manage = rules.may_manage(request.user, space.pk)
    page = Paginator(queries.roster(space), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "space": space,
        "page": page,
        "rows": [(place, shown(place.member, request.user)) for place in page],
        "may_manage": may_manage,
        "asking": queries.asking(space) if may_manage else [],
    }
    return render(request, "hubs/belonging/people.html", context)


@require_safe
@managing_required
def people_file(request, space):
    """The roster as a table, without addresses."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{space.slug}-people.csv"'
    response["Cache-Control"] = "no-store"
    writer = csv.writer(response)
    writer.writerow(
        [_("Name"), _("Role in the group"), _("Country"), _("What they do"), _("Since")]
    )
    for place in queries.roster(space):
        person = shown(place.member, request.user)
        cells = (person.name, place.get_role_display(), person.country_label, person.role)
        since = f"{place.since:%Y-%m-%d}" if place.since else ""
        writer.writerow([*map(_harmless, cells), since])
    return response


@never_cache
@managing_required
def person(request, space, pk):
    """A host answers who asked, or changes somebody's role."""
    places = Membership.objects.select_related("member").filter(
        space=space, state__in=(Membership.State.IN, Membership.State.ASKED)
    )
    place = get_object_or_404(places, pk=pk if pk < 2**63 else 0)
    role = RoleForm(request.POST or None, initial={"role": place.role})
    note = NoteForm(request.POST or None)
    if request.method == "POST":
        done = _acted(request, place, role, note)
        if done:
            messages.success(request, done)
            return redirect("hubs:people", slug=space.slug)
    context = {
        "space": space,
        "place": place,
        "person": shown(place.member, request.user),
        "form": note if place.state == Membership.State.ASKED else role,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "hubs/belonging/person.html", context, status=status)


def _acted(request, place, role, note):
    """What was done, in words; "" when the form has to be shown again."""
    act = request.POST.get("act", "")
    try:
        if act == "take-in":
            actions.take_in(place=place, by=request.user)
            return _("They belong to the group now, and have a letter.")
        if act == "decline" and note.is_valid():
            actions.decline(place=place, by=request.user, note=note.cleaned_data["note"])
            return _("They have a kind letter.")
        if act == "remove":
            actions.remove(place=place, by=request.user)
            return _("They do not belong to the group any more, and have a letter.")
        if act == "role" and role.is_valid():
            actions.set_role(place=place, role=role.cleaned_data["role"], by=request.user)
            return _("Saved.")
    except LastHost:
        role.is_valid()
        role.add_error(None, _("Without them the group would have no host. Make somebody else a host first."))  # fmt: skip
    except NotNow:
        return _("Another host answered meanwhile.")
    except Stopped:
        note.add_error("note", STOPPED)
    return ""


@never_cache
@member_required
def mine(request):
    """Where one belongs, how much one hears of each, and the way out."""
    context = {"places": queries.places_of(request.user), "levels": Membership.Level.choices}
    return render(request, "hubs/belonging/mine.html", context)


@require_POST
@member_required
def level(request, slug):
    """How much mail comes of a space."""
    place = _own(request, slug)
    wanted = request.POST.get("level", "")
    if wanted in Membership.Level.values:
        actions.set_level(place=place, level=wanted)
        messages.success(request, _("Saved."))
    return redirect("hubs:mine")


@never_cache
@member_required
def leave(request, slug):
    """Asked once, done by POST; the last host decides who looks after it then."""
    place = _own(request, slug)
    is_last = False
    if request.method == "POST":
        try:
            actions.leave(place=place, hand_over="hand_over" in request.POST)
        except LastHost:
            is_last = True
        else:
            messages.success(request, _("You have left. What you wrote there stays."))
            return redirect("hubs:mine")
    context = {"space": place.space, "place": place, "is_last": is_last, "last": _LAST}
    status = 422 if is_last else 200
    return render(request, "hubs/belonging/leave.html", context, status=status)


def _own(request, slug):
    found = Membership.objects.select_related("space").filter(
        member=request.user,
        space__slug=slug,
        state__in=(Membership.State.IN, Membership.State.ASKED, Membership.State.INVITED),
    )
    return get_object_or_404(found)


def _space_with_people(request, slug):
    space = get_object_or_404(Space, slug=slug)
    allowed = rules.is_within(request.user, space.pk) or rules.may_manage(request.user, space.pk)
    if not allowed:
        raise Http404
    return space


def _harmless(cell):
    """A table program does not take a name for a formula."""
    words = str(cell)
    return f"'{words}" if words[:1] in "=+-@\t\r" and words else words
