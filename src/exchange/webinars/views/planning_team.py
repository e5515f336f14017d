"""Hosts see to the people of a webinar: who speaks, who helps, and with what.
Called by urls alone; the page stands under /desk/webinars/."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exchange.contributions.errors import Noticed, Refused
from exchange.members.doors import host_required
from exchange.members.models import Member
from exchange.webinars.errors import AlreadyDone
from exchange.webinars.models import TeamMember, Webinar
from exchange.webinars.planning import queries, team
from exchange.webinars.planning.forms import PresenterForm, TaskForm
from exchange.webinars.views.room import webinar_asked


@never_cache
@host_required
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Presenters with their answers, tasks with who has them, and the forms to add one."""
    webinar = webinar_asked(request, pk)
    doing = {"ask": _ask, "task": _give, "off": _off, "untask": _take}
    if request.method == "POST":
        do = doing.get(request.POST.get("do", ""))
        if do is None:
            raise Http404
        return do(request, webinar)
    return _page(request, webinar)


def _ask(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    form = PresenterForm(request.POST)
    if not form.is_valid():
        return _page(request, webinar, asking=form, status=422)
    given = form.cleaned_data
    member = Member.objects.active().filter(email__iexact=given["email"]).first()
    try:
        team.ask_presenter(webinar=webinar, member=member, by=request.user, **given)
    except AlreadyDone:
        form.add_error("email", _("They have been asked already."))
    except (Noticed, Refused):
        form.add_error(None, _("This could point to a child. Please say it without that."))
    else:
        messages.success(request, _("They are asked by e-mail. Their name is not shown yet."))
        return _again(webinar)
    return _page(request, webinar, asking=form, status=422)


def _give(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    form = TaskForm(request.POST, auto_id="task_%s")
    if not form.is_valid() or form.member is None:
        return _page(request, webinar, tasking=form, status=422)
    task = form.cleaned_data["task"]
    team.set_task(webinar=webinar, member=form.member, task=task, has_it=True, by=request.user)
    messages.success(request, _("They have the task, and hear of it by e-mail."))
    return _again(webinar)


def _off(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    row = get_object_or_404(webinar.presenters, pk=_number(request))
    team.take_off(presenter=row, by=request.user)
    messages.success(request, _("Their name stands nowhere any more."))
    return _again(webinar)


def _take(request: HttpRequest, webinar: Webinar) -> HttpResponse:
    row = get_object_or_404(TeamMember, pk=_number(request), webinar=webinar)
    team.set_task(webinar=webinar, member=row.member, task=row.task, has_it=False, by=request.user)
    messages.success(request, _("The task is free again."))
    return _again(webinar)


def _number(request: HttpRequest) -> int:
    given = request.POST.get("pk", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise Http404
    return int(given)


def _again(webinar: Webinar) -> HttpResponse:
    return HttpResponseRedirect(reverse("webinars-desk:team", args=[webinar.pk]))


def _page(
    request: HttpRequest,
    webinar: Webinar,
    *,
    asking: Any = None,
    tasking: Any = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "webinar": webinar,
        "ready": queries.readiness(webinar),
        "asking": asking or PresenterForm(),
        "tasking": tasking or TaskForm(auto_id="task_%s"),
        "at": "webinars",
    }
    return render(request, "webinars/planning/team.html", context, status=status)
