"""Figures for hosts and funders: the pages, their tables as files, and the report of one page.
Reached through urls.py by hosts who have shown a second factor."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.core.languages import INTERFACE, OWN_NAMES, current
from exchange.desk.figures import exports, periods, queries
from exchange.desk.figures import report as one_page
from exchange.desk.figures.forms import PeriodForm
from exchange.desk.figures.tabs import every
from exchange.members.doors import host_required


@host_required
@never_cache
@require_safe
def figures(request, tab="overview"):
    shown = every.find(tab)
    if shown is None:
        raise Http404
    form = PeriodForm(request.GET)
    is_right = form.is_valid()
    if is_right and (form.cleaned_data["since"] or form.cleaned_data["until"]):
        # One address for one time, so that it can be passed on.
        return redirect(f"{request.path}?period={form.asked_for.code}")
    return render(
        request,
        "desk/figures/tab.html",
        {**_about(form.asked_for), "form": form, "tab": shown, "tabs": every.TABS}
        | {"parts": every.laid_out(shown, form.asked_for)},
        status=200 if is_right else 422,
    )


@host_required
@never_cache
@require_safe
def figures_table(request, slug):
    period = _period(request)
    for tab in every.TABS:
        for part in every.laid_out(tab, period):
            if part.slug == slug:
                name = f"{slug}-{_in_name(period)}.csv"
                return _file(exports.sheet(part), name, "text/csv; charset=utf-8")
    raise Http404


@host_required
@never_cache
@require_safe
def figures_all(request):
    period = _period(request)
    made = exports.bundle(every.everything(period), period)
    return _file(made, f"figures-{_in_name(period)}.zip", "application/zip")


@host_required
@never_cache
@require_safe
def figures_report(request):
    form = PeriodForm(request.GET)
    status = 200 if form.is_valid() else 422
    made = one_page.report(form.asked_for)
    context = {
        **_about(made.period),
        "form": form,
        "report": made,
        "in_languages": _in_languages(made.period),
    }
    return render(request, "desk/figures/report.html", context, status=status)


def _about(period):
    return {
        "period": period,
        "before": period.before,
        "so_far": periods.so_far(period),
        "pretended": queries.scope().pretended,
    }


def _in_languages(period):
    """The report in each language; hosts send it to people who read another than theirs."""
    here = reverse("desk:figures-report")
    bare = here.removeprefix(f"/{current()}") if current() != "en" else here
    return [
        (code, OWN_NAMES[code], f"{'' if code == 'en' else f'/{code}'}{bare}?period={period.code}")
        for code in INTERFACE
    ]


def _period(request):
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Http404(_("No such time."))
    return form.asked_for


def _in_name(period):
    return period.code.replace("..", "-to-")


def _file(made, name, media_type):
    response = HttpResponse(made, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
