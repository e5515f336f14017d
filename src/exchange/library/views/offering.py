"""What the pages that take words beside a record have in common: where a form starts, why not.
Called by the views of this room alone."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from exchange.contributions import drafts
from exchange.contributions.errors import Closed, Refused, SpineError, TooMany
from exchange.contributions.noticing import Passage
from exchange.core import ids
from exchange.library.models import Resource, Standing
from exchange.library.models.offered import Decided
from exchange.members.doors import unsent


def begun(request: HttpRequest, key: str) -> dict[str, Any]:
    """What the writer typed before: over a sign-in, or in a draft kept by their phone."""
    kept = unsent(request)
    if kept:
        return kept
    draft = drafts.of(request.user, key)
    return {name: values[0] for name, values in draft.answers.items() if values} if draft else {}


def once_of(request: HttpRequest, initial: dict[str, Any]) -> str:
    return ids.sent_back(request.POST.get("once", "")) or str(initial.get("once") or ids.new_id())


def form_page(
    request: HttpRequest,
    template: str,
    resource: Resource,
    form: Form,
    *,
    key: str,
    status: int = 200,
    noticed: list[Passage] | None = None,
    **more: Any,
) -> HttpResponse:
    """The page of a form beside a record; `key` is under which its draft is kept."""
    context = {
        "resource": resource,
        "form": form,
        "once": once_of(request, form.initial),
        "key": key,
        "noticed": noticed,
        **more,
    }
    return render(request, template, context, status=status)


def refusal_of(refusal: SpineError) -> str:
    """Plain words for what an action refused; what was typed stays in the form."""
    if isinstance(refusal, Refused):
        return _("This cannot go out as it is. Please look at it again, or write to the hosts.")
    if isinstance(refusal, TooMany):
        return _(
            "You are new here, and hosts read the first words of everybody. Your words are kept; "
            "please send this tomorrow."
        )
    if isinstance(refusal, Closed):
        return _("No more answers are taken here, so words cannot be added now.")
    return _("Your account is paused for now, so this was not sent. Write to the hosts about it.")


def thank(request: HttpRequest, row: Decided) -> None:
    if row.standing == Standing.PUBLISHED:
        messages.success(request, _("Thank you. It stands beside the record now."))
    else:
        messages.info(
            request,
            _("Thank you. A host reads it before it goes out; you will get an e-mail."),
        )
