"""The hosts' pages of bringing records in: send a file, look through it, let the chosen rows in.
Reached through urls by hosts who have shown a second factor."""

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exchange.core.facets import Numbered
from exchange.library.bringing import actions, queries
from exchange.library.bringing.forms import MOST_AT_THE_DESK, BringForm, FillingForm
from exchange.library.bringing.opening import opened
from exchange.library.bringing.rows import Unreadable
from exchange.library.importing import Filling, Outcome
from exchange.library.models import ImportRun
from exchange.library.sheet import COLUMNS, FURTHER
from exchange.library.views.asked import number
from exchange.members.doors import host_required, unsent


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Send a file or its words; what was brought in of late."""
    if request.method == "GET":
        return _bring_page(request, BringForm(initial=unsent(request)))
    form = BringForm(request.POST, request.FILES)
    run = _kept(request, form) if form.is_valid() else None
    if run is None:
        return _bring_page(request, form, status=422)
    return HttpResponseRedirect(reverse("library-desk:bring-run", args=[run.key]))


@host_required
@never_cache
@require_http_methods(["GET", "POST"])
def run(request: HttpRequest, key: str) -> HttpResponse:
    """What a file would bring, row by row; and letting the chosen rows in."""
    kept = get_object_or_404(ImportRun, key=key)
    if request.method == "GET":
        return _run_page(request, kept, FillingForm())
    form = FillingForm(request.POST)
    if not form.is_valid():
        return _run_page(request, kept, form, status=422)
    numbers = _ticked(request) if request.POST.get("what") == "ticked" else None
    try:
        done = actions.bring(
            run=kept,
            by=request.user,
            numbers=numbers,
            update="update" in request.POST,
            filling=form.filling(),
        )
    except actions.Forgotten:
        messages.warning(request, _("These rows are not kept any more. Send the file again."))
    else:
        messages.success(request, _said(done))
    return HttpResponseRedirect(reverse("library-desk:bring-run", args=[key]))


@host_required
@never_cache
@require_GET
def report(request: HttpRequest, key: str) -> HttpResponse:
    """The whole report as a table to take along."""
    kept = get_object_or_404(ImportRun, key=key)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{kept.pk}.csv"'
    response.write("\ufeff")
    csv.writer(response).writerows(queries.table(kept, request.build_absolute_uri))
    return response


@host_required
@require_POST
def removal(request: HttpRequest, key: str) -> HttpResponse:
    """Throw away what was only looked at."""
    kept = get_object_or_404(ImportRun, key=key)
    if kept.state == ImportRun.State.APPLIED:
        raise Http404
    actions.remove(run=kept)
    messages.success(request, _("Thrown away. Nothing of it was brought in."))
    return HttpResponseRedirect(reverse("library-desk:bring"))


def _kept(request: HttpRequest, form: BringForm) -> ImportRun | None:
    """What was sent, read and kept to be looked at; else the form says what is wrong."""
    file, given = form.cleaned_data.get("file"), form.cleaned_data
    try:
        read = opened(form.raw(), given["form"])
    except Unreadable as problem:
        form.add_error("file" if file else "text", str(problem))
        return None
    if len(read.rows) > MOST_AT_THE_DESK:
        form.add_error(
            "file" if file else "text",
            _(
                "There are %(count)s records in it; here we look through %(most)s at once. Split "
                "it and bring in the parts."
            )
            % {"count": len(read.rows), "most": MOST_AT_THE_DESK},
        )
        return None
    return actions.keep(
        form=read.form,
        name=file.name if file else _("pasted words"),
        rows=read.rows,
        by=request.user,
        words=read.words,
        filling=Filling(language=given["language"]),
    )


def _bring_page(request: HttpRequest, form: BringForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "runs": queries.runs(),
        "columns": ", ".join(COLUMNS),
        "further": ", ".join(FURTHER),
    }
    return render(request, "library/bringing/bring.html", context, status=status)


def _run_page(
    request: HttpRequest, kept: ImportRun, form: FillingForm, status: int = 200
) -> HttpResponse:
    show = request.GET.get("show", "")
    show = show if show in set(Outcome) else ""
    look = queries.look(kept, show=show, page=number(request))
    counts = kept.counts if kept.records else {}
    context: dict[str, Any] = {
        "run": kept,
        "look": look,
        "show": show,
        "form": form,
        "pages": _pages(look, show),
        "new": counts.get(Outcome.NEW, 0),
        "changed": counts.get(Outcome.CHANGED, 0),
        "needs": counts.get(Outcome.NEEDS, 0),
        "is_open": any(counts.get(one) for one in actions.OPEN),
        "total": len(kept.report),
        "days": actions.KEPT_DAYS,
    }
    return render(request, "library/bringing/run.html", context, status=status)


def _pages(look: queries.Look, show: str) -> list[Numbered]:
    if look.pages == 1:
        return []
    near = {1, look.page - 1, look.page, look.page + 1, look.pages}
    return [
        Numbered(n, f"?show={show}&page={n}", n == look.page)
        for n in sorted(near)
        if 1 <= n <= look.pages
    ]


def _ticked(request: HttpRequest) -> set[int]:
    given = request.POST.getlist("row")
    return {int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 7}


def _said(done: actions.Done) -> str:
    """What was done, in one line."""
    said = [
        ngettext("%(n)s record brought in.", "%(n)s records brought in.", done.brought)
        % {"n": done.brought}
    ]
    more = (
        (done.updated, ngettext("%(n)s changed.", "%(n)s changed.", done.updated)),
        (
            done.waiting,
            ngettext(
                "%(n)s of them waits at the desk.", "%(n)s of them wait at the desk.", done.waiting
            ),
        ),
        (
            done.held + done.left,
            ngettext(
                "%(n)s was left; it says why.",
                "%(n)s were left; they say why.",
                done.held + done.left,
            ),
        ),
    )
    return " ".join([*said, *(words % {"n": n} for n, words in more if n)])
