"""What was offered beside records: taken back by its writer, read and decided by hosts.
Called by urls alone; the pages for hosts stand under /desk/library/."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.contributions.errors import AlreadyDecided, NotAllowed
from exchange.library.ladder.actions import in_place_of
from exchange.library.models import Resource, Rung
from exchange.library.models.offered import Decided
from exchange.library.offering import actions, queries, rules
from exchange.library.offering.forms import DecisionForm
from exchange.members.doors import host_required, member_required_keeping_text


@never_cache
@member_required_keeping_text
def take_back(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Asked once more, then gone."""
    row = _offered(request, what, pk)
    if not rules.may_take_back(request.user, row):
        raise Http404
    # Its writer may take it back though the record is gone, which then shows nothing of itself.
    seen: Any = Resource.objects.visible_to(request.user)
    resource: Resource | None = seen.filter(pk=row.resource_id).first()
    if request.method == "POST":
        actions.take_back(row=row, by=request.user)
        messages.success(request, _("It is taken back."))
        return HttpResponseRedirect(
            resource.get_absolute_url() if resource else reverse("library:resource-list")
        )
    context = {"row": row, "resource": resource}
    return render(request, "library/offering/take_back.html", context)


@never_cache
@host_required
@require_safe
def offered(request: HttpRequest) -> HttpResponse:
    """What waits for a host, and what stands that no second person has read."""
    return _list(request)


@never_cache
@host_required
@require_POST
def decide(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Let it stand, decline it with a kind note, or say that it was read by a second person."""
    row = _offered(request, what, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _list(request, form, f"{what}-{pk}", status=422)
    given = form.cleaned_data
    try:
        said = _take(row, request.user, given["what"], given["note"])
    except AlreadyDecided as earlier:
        said = _("Somebody else was faster: this was decided already.")
        if earlier.by_name:
            said = _("%(name)s was faster: this was decided already.") % {"name": earlier.by_name}
        messages.info(request, said)
        return HttpResponseRedirect(reverse("library-desk:offered"))
    except NotAllowed as error:
        raise Http404 from error
    messages.success(request, said)
    return HttpResponseRedirect(reverse("library-desk:offered"))


def _take(row: Decided, by: Any, what: str, note: str) -> str:
    if what == "check":
        actions.check(row=row, by=by)
        return _("It says now that you have checked it.")
    if what == "decline":
        actions.decline(row=row, by=by, note=note)
        return _("It was not taken. Its writer gets your note by e-mail.")
    actions.let_stand(row=row, by=by, note=note, replaces=_replaced_by(row))
    return _("It stands beside the record. Its writer gets an e-mail.")


def _replaced_by(row: Decided) -> Any:
    if isinstance(row, Rung):
        return lambda: in_place_of(row)
    return type(row).objects.none


def _offered(request: HttpRequest, what: str, pk: int) -> Decided:
    row = queries.offered(what, pk, request.user) if pk < 2**63 else None
    if row is None:
        raise Http404
    return row


def _list(
    request: HttpRequest, form: DecisionForm | None = None, at: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "waiting": queries.waiting(request.user),
        "unchecked": queries.unchecked(request.user),
        "form": form or DecisionForm(),
        "failed_at": at,
        "typed": request.POST.get("note", ""),
        "at": "library-offered",
    }
    return render(request, "library/offering/desk.html", context, status=status)
