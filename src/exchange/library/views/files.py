"""Adding a file to a record that stands, putting a newer version in its place, taking one away.
Called by urls alone."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exchange.contributions.errors import NotAllowed, Refused, TooMany
from exchange.library.files import actions, beside, rules, words
from exchange.library.files.forms import FileForm, NewVersionForm
from exchange.library.files.kinds import NotTaken
from exchange.library.models import File, Resource
from exchange.library.views.asked import resource_for
from exchange.members.doors import member_required_keeping_text, unsent


@never_cache
@member_required_keeping_text
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """The files of a record, and one more."""
    resource = resource_for(request, pk)
    if not rules.may_add(request.user, resource):
        raise Http404
    if request.method != "POST":
        return _page(request, resource, FileForm(initial=unsent(request)))
    form = FileForm(request.POST, request.FILES)

    def keep() -> File:
        given = form.cleaned_data
        return actions.keep(
            upload=given["file"],
            by=request.user,
            resource=resource,
            name=given["file"].name or "",
            label=given["label"],
            language=given["language"],
        )

    return _taken_in(request, resource, form, keep)


@never_cache
@member_required_keeping_text
def replace(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A newer version of one file."""
    resource = resource_for(request, pk)
    file = _file(request, resource, number)
    if request.method != "POST":
        return _page(request, resource, NewVersionForm(), file)
    form = NewVersionForm(request.POST, request.FILES)

    def keep() -> File:
        upload = form.cleaned_data["file"]
        return actions.replace(file=file, upload=upload, by=request.user, name=upload.name or "")

    return _taken_in(request, resource, form, keep, file)


@never_cache
@member_required_keeping_text
def take_away(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One file, asked once and then gone."""
    resource = resource_for(request, pk)
    file = _file(request, resource, number)
    if request.method != "POST":
        context = {"resource": resource, "shown": beside.shown(file, request.user)}
        return render(request, "library/files/away.html", context)
    try:
        actions.take_away(file=file, by=request.user)
    except NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("The file is gone, with every copy we had."))
    return HttpResponseRedirect(resource.get_absolute_url())


def _taken_in(
    request: HttpRequest,
    resource: Resource,
    form: FileForm,
    keep: Callable[[], File],
    file: File | None = None,
) -> HttpResponse:
    """Keep what came, or show the form again with what is wrong and what was typed."""
    if not form.is_valid():
        return _page(request, resource, form, file, status=422)
    try:
        kept = keep()
    except NotTaken as refusal:
        form.add_error("file", words.why_not(refusal.code))
    except Refused:
        form.add_error(None, _("These words cannot go out as they are. Please look again."))
    except TooMany:
        form.add_error(None, _("There are as many files as there is room for."))
    except NotAllowed as error:
        raise Http404 from error
    else:
        messages.success(request, words.told(kept))
        return HttpResponseRedirect(resource.get_absolute_url() + "#files")
    return _page(request, resource, form, file, status=422)


def _file(request: HttpRequest, resource: Resource, number: int) -> File:
    """The file of this record that this member may change; else 404."""
    rows = File.objects.visible_to(request.user).filter(resource_id=resource.pk, pk=number)
    file: File | None = rows.select_related("resource").first()
    if file is None or not rules.may_change(request.user, file):
        raise Http404
    return file


def _page(
    request: HttpRequest,
    resource: Resource,
    form: FileForm,
    file: File | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "resource": resource,
        "form": form,
        "shown": beside.shown(file, request.user) if file else None,
        **beside.beside(resource, request.user),
    }
    return render(request, "library/files/files.html", context, status=status)
