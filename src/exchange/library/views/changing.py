"""Changing a record on one page; for hosts: that it was looked at, and how records belong together.
Called by urls alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, Refused
from exchange.contributions.noticing import Passage, passages
from exchange.contributions.rules import may_revise
from exchange.core.text import clean_line
from exchange.library import shelf
from exchange.library.depositing import actions, queries
from exchange.library.depositing.actions import HereAlready
from exchange.library.depositing.whole import KinForm, WholeForm
from exchange.library.models import Resource
from exchange.library.views.asked import resource_for, version_in
from exchange.members.doors import host_required, member_required_keeping_text, unsent


@never_cache
@member_required_keeping_text
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The record as it stands, in the fields it was described in."""
    row = resource_for(request, pk)
    if not may_revise(request.user, row):
        raise Http404
    if request.method == "POST":
        return _save(request, row, WholeForm(row, request.POST))
    return _page(request, row, WholeForm(row, initial=unsent(request)), row.version)


@require_POST
@host_required
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    """A host says: looked at today, and still good."""
    row = resource_for(request, pk)
    try:
        actions.mark_checked(row=row, by=request.user)
    except NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("Noted: checked today."))
    return HttpResponseRedirect(row.get_absolute_url())


@never_cache
@host_required
def kin(request: HttpRequest, pk: int) -> HttpResponse:
    """A host says which record is newer, or which one this translates."""
    row = resource_for(request, pk)
    if request.method != "POST":
        return _kin_page(request, row, KinForm(initial=unsent(request)))
    form = KinForm(request.POST)
    if not form.is_valid():
        return _kin_page(request, row, form, status=422)
    which = clean_line(request.POST.get("pk", "")) or form.cleaned_data["which"]
    found = queries.called(which, request.user) if which else []
    if which and len(found) != 1:
        form.add_error("which", _none_or_several(found))
        return _kin_page(request, row, form, found=found, status=422)
    try:
        other = found[0] if found else None
        actions.relate(row=row, how=form.cleaned_data["how"], other=other, by=request.user)
    except NotAllowed:
        form.add_error("which", _("These two cannot stand so to each other."))
        return _kin_page(request, row, form, status=422)
    messages.success(request, _("Your change is saved."))
    return HttpResponseRedirect(row.get_absolute_url())


def _save(request: HttpRequest, row: Resource, form: WholeForm) -> HttpResponse:
    version = version_in(request.POST.get("version", ""))
    if not form.is_valid():
        return _page(request, row, form, version, status=422)
    record = form.record()
    try:
        stands = actions.change(
            row=row,
            record=record,
            by=request.user,
            version=version,
            insist=bool(request.POST.get("insist")),
        )
    except Noticed as seen:
        noticed = passages(seen, actions.content_of(record), form)
        return _page(request, row, form, version, status=422, noticed=noticed)
    except ChangedMeanwhile as newer:
        form.add_error(None, _newer_words())
        return _page(request, row, form, newer.version, status=409)
    except HereAlready:
        form.add_error("title", _("Another record bears this title already."))
        return _page(request, row, form, version, status=422)
    except (NotAllowed, Refused):
        form.add_error(None, _("This cannot go out as it is. Please write to the hosts."))
        return _page(request, row, form, version, status=422)
    if stands:
        messages.success(request, _("Your change is saved."))
    else:
        messages.info(request, _("Your change is kept. A host reads the new words first."))
    return HttpResponseRedirect(resource_for(request, row.pk).get_absolute_url())


def _newer_words() -> str:
    return _(
        "These words were changed in another place since you opened them. Yours are "
        "below, unsaved; the present ones are on the page. Send again to replace them."
    )


def _none_or_several(found: list[Resource]) -> str:
    if found:
        return _("Several records are called so. Choose one below.")
    return _("There is no record of this number, address or title.")


def _page(
    request: HttpRequest,
    row: Resource,
    form: WholeForm,
    version: int,
    status: int = 200,
    noticed: list[Passage] | None = None,
) -> HttpResponse:
    context = {
        "resource": row,
        "form": form,
        "groups": form.groups(),
        "version": version,
        "noticed": noticed,
    }
    return render(request, "library/depositing/change.html", context, status=status)


def _kin_page(
    request: HttpRequest, row: Resource, form: Any, *, found: Any = (), status: int = 200
) -> HttpResponse:
    context = {"resource": row, "form": form, "cards": shelf.shelf_cards(found), "found": found}
    return render(request, "library/depositing/kin.html", context, status=status)
