"""What was decided, as a page and as a table to take along; and what is still held back.
Reached through urls.py by hosts who have shown a second factor."""

import csv
from io import StringIO

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from exchange.core.time import now
from exchange.desk import words
from exchange.desk.forms import LogForm
from exchange.desk.queries import held as kept_back
from exchange.desk.queries import log as decisions
from exchange.members.doors import host_required
from exchange.members.models import Member

COLUMNS = ("when", "who", "what", "why", "about", "for whom")
# A program for tables would take these for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t")


@host_required
@never_cache
@require_GET
def held(request):
    return render(request, "desk/held.html", {"held": kept_back.held(request.user)})


@host_required
@never_cache
@require_GET
def log(request):
    chosen = _chosen(request)
    context = {
        "log": decisions.log(after=request.GET.get("after", ""), **chosen),
        "chosen": chosen,
        "hosts": Member.objects.hosts().order_by("hosting_since", "id"),
        "kinds": words.KINDS,
    }
    return render(request, "desk/log.html", context)


@host_required
@never_cache
@require_GET
def table(request):
    """Every line as CSV: no title, no word of anybody's text, no note."""
    written = StringIO()
    sheet = csv.writer(written)
    sheet.writerow(COLUMNS)
    for line in decisions.everything(**_chosen(request)):
        at = line.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        cells = (at, line.by, line.what, line.reason, line.about, line.whom)
        sheet.writerow([_harmless(cell) for cell in cells])
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="decisions-{now():%Y-%m-%d}.csv"'
    return response


def _chosen(request):
    form = LogForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    return {"by": given.get("by"), "what": given.get("what") or ""}


def _harmless(cell):
    return f"'{cell}" if cell.startswith(FORMULA) else cell
