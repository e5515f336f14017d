"""The hosts' page of an issue on its way: how far it has come, who has none and why, and once more.
Reached through urls/sending.py by hosts who have shown a second factor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exchange.briefings.builder.queries import editions_of
from exchange.briefings.errors import NotNow
from exchange.briefings.models import Issue, Newsletter
from exchange.briefings.sending import actions, progress
from exchange.members.doors import host_required


@host_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    """Numbers as they are at this moment."""
    issue = get_object_or_404(Issue, pk=pk)
    if request.method == "POST":
        _do(request, issue)
        return HttpResponseRedirect(reverse("briefings-desk:sending", args=[issue.pk]))
    context = {"at": "newsletters", "issue": issue, "progress": progress.of_issue(issue)}
    response = render(request, "briefings/sending/page.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _do(request: HttpRequest, issue: Issue) -> None:
    act = request.POST.get("act", "")
    if act == "missed":
        _missed(request, issue)
        return
    edition = _edition(issue, request.POST.get("edition", ""))
    if edition is None:
        return
    if act == "now" and edition.phase == Newsletter.Phase.SCHEDULED:
        begun = actions.start(edition=edition)
    elif act == "go-on":
        begun = actions.go_on(edition=edition, by=request.user)
    else:
        return
    if begun:
        messages.success(request, _("It is on its way."))
    else:
        messages.error(request, _("It cannot go on: nobody is left, or its words are held."))


def _missed(request: HttpRequest, issue: Issue) -> None:
    unsure = bool(request.POST.get("unsure"))
    try:
        count = actions.send_missed(issue=issue, by=request.user, unsure=unsure)
    except NotNow:
        messages.error(request, _("Nothing of this issue was sent in the last thirty days."))
        return
    said = ngettext("It goes to %(n)d person more.", "It goes to %(n)d people more.", count)
    messages.success(request, said % {"n": count} if count else _("Nobody has missed it."))


def _edition(issue: Issue, number: str) -> Newsletter | None:
    return next((one for one in editions_of(issue) if str(one.pk) == number), None)
