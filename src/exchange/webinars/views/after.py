"""The hosts' page after the hour: the summary, open questions, the record.
Called by urls alone."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, Refused, SpineError
from exchange.contributions.noticing import Passage, passages
from exchange.members.doors import host_required
from exchange.webinars.after import entering, opening, summing
from exchange.webinars.after.forms import OpeningForm, SummaryForm
from exchange.webinars.errors import AlreadyDone, NotNow
from exchange.webinars.models import Asked, Presenter, Summary, Webinar
from exchange.webinars.templatetags.reading import mark_of
from exchange.webinars.views.room import webinar_asked


@never_cache
@host_required
def after(request: HttpRequest, pk: int) -> HttpResponse:
    """What is still to do with an hour that is over; POST keeps the summary."""
    webinar = _over(request, pk)
    summary = summing.begin(webinar=webinar)
    if request.method != "POST":
        return _page(
            request, webinar, summary, SummaryForm(initial=SummaryForm.initial_of(summary))
        )
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return _page(request, webinar, summary, form, status=422)
    return _keep(request, webinar, summary, form)


def _keep(
    request: HttpRequest, webinar: Webinar, summary: Summary, form: SummaryForm
) -> HttpResponse:
    version = request.POST.get("version", "")
    try:
        row = summing.write(
            webinar=webinar,
            text=form.cleaned_data["text"],
            takeaways=form.cleaned_data["takeaways"],
            by=request.user,
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            insist=bool(request.POST.get("insist")),
        )
        if "out" in request.POST:
            summing.let_out(webinar=webinar, by=request.user, version=row.version)
    except Noticed as seen:
        noticed = passages(seen, form.content(webinar.language), form)
        return _page(request, webinar, summary, form, noticed=noticed, status=422)
    except ChangedMeanwhile as newer:
        form.add_error(None, _("Another host changed the summary meanwhile. Yours is below, unsaved; send again to replace theirs."))  # fmt: skip
        summary.version = newer.version
        return _page(request, webinar, summary, form, status=409)
    except (NotAllowed, Refused, NotNow):
        form.add_error(None, _("It is kept, but not out: another host has to read it first."))
        summary.refresh_from_db()
        return _page(request, webinar, summary, form, status=422)
    messages.success(request, _("The summary is out.") if row.out_at or "out" in request.POST else _("The summary is kept."))  # fmt: skip
    return _back(webinar)


@require_POST
@host_required
def open_question(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """Let a question of the hour go on as one that everybody can answer."""
    webinar = _over(request, pk)
    row = get_object_or_404(
        Asked.objects.select_related("webinar", "member"), pk=asked, webinar=webinar
    )
    form = OpeningForm(request.POST, presenters=_presenters(webinar))
    if not form.is_valid():
        messages.error(
            request, " ".join(form.errors.get("due_on", [_("Please look at it again.")]))
        )
        return _back(webinar, f"open-{row.pk}")
    try:
        opening.open_question(
            asked=row,
            presenter=form.cleaned_data["presenter"],
            due_on=form.cleaned_data["due_on"],
            by=request.user,
        )
    except AlreadyDone:
        messages.info(request, _("Another host has opened this question already."))
    except (NotNow, NotAllowed):
        messages.error(request, _("This question cannot go on now. Please look at the page again."))
    else:
        messages.success(
            request, _("The question is open for everybody, and the presenter is asked.")
        )
    return _back(webinar, "open")


@require_POST
@host_required
def answer_out(request: HttpRequest, pk: int, asked: int) -> HttpResponse:
    """A presenter's answer that came by mail goes under its question."""
    webinar = _over(request, pk)
    row = get_object_or_404(Asked.objects.select_related("question"), pk=asked, webinar=webinar)
    try:
        if request.POST.get("read") != mark_of(row.mailed):
            raise NotNow  # another mail came since the page was opened
        opening.let_answer_out(asked=row, by=request.user)
    except (NotNow, SpineError):
        messages.error(request, _("This answer cannot go out as it is."))
    else:
        messages.success(request, _("The answer stands under the question."))
    return _back(webinar, "open")


@require_POST
@host_required
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """All that stays of the hour becomes one record of the library."""
    webinar = _over(request, pk)
    try:
        record = entering.enter_record(webinar=webinar, by=request.user)
    except NotNow:
        messages.error(request, _("Please let the summary out first."))
        return _back(webinar)
    except (SpineError, ValueError):
        messages.error(request, _("The record could not be made. The hour stays as it is; please try again, or look at the record itself."))  # fmt: skip
        return _back(webinar)
    messages.success(request, _("The hour stands in the library."))
    return HttpResponseRedirect(record.get_absolute_url())


def _page(
    request: HttpRequest,
    webinar: Webinar,
    summary: Summary,
    form: SummaryForm,
    *,
    noticed: list[Passage] | None = None,
    status: int = 200,
) -> HttpResponse:
    presenters = _presenters(webinar)
    going_on = Asked.objects.filter(webinar=webinar, question__isnull=False)
    context: dict[str, Any] = {
        "webinar": webinar,
        "summary": summary,
        "form": form,
        "noticed": noticed,
        "unanswered": [
            (row, OpeningForm(presenters=presenters, prefix="", auto_id=f"id_{row.pk}_%s"))
            for row in opening.unanswered(webinar)
        ],
        "going_on": going_on.select_related("question", "presenter").order_by("due_on", "pk"),
        "record": webinar.record,
    }
    return render(request, "webinars/after/hosts.html", context, status=status)


def _presenters(webinar: Webinar) -> list[Presenter]:
    return list(webinar.presenters.filter(answer=Presenter.Answer.AGREED))


def _over(request: HttpRequest, pk: int) -> Webinar:
    webinar = webinar_asked(request, pk)
    if not webinar.is_over:
        raise Http404
    return webinar


def _back(webinar: Webinar, place: str = "") -> HttpResponse:
    address = reverse("webinars-desk:after", args=[webinar.pk])
    return HttpResponseRedirect(f"{address}#{place}" if place else address)
