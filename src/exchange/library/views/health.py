"""The library at the desk: its numbers, its broken links, how much it is used.
Called by urls alone."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.library import shelf as laid_out
from exchange.library.health import links, overview, queries
from exchange.library.rules import without_formula
from exchange.library.views.asked import number
from exchange.members.doors import host_required
from exchange.taxonomy import vocabulary


@require_safe
@never_cache
@host_required
def library(request: HttpRequest) -> HttpResponse:
    """The library's numbers, each leading to where one goes on."""
    return render(request, "library/health/overview.html", {"overview": overview.overview()})


@require_safe
@never_cache
@host_required
def broken_links(request: HttpRequest) -> HttpResponse:
    """Links that do not answer, or that lead elsewhere now, with the records to mend."""
    state = "moved" if request.GET.get("state") == "moved" else ""
    paged = queries.broken(state=state, page=number(request))
    context = {
        "paged": paged,
        "pages": laid_out.numbered(paged, {"state": state}),
        "state": state,
        "are_checked": links.are_checked(),
        "last": queries.last_asked(),
    }
    return render(request, "library/health/links.html", context)


@require_safe
@never_cache
@host_required
def figures(request: HttpRequest) -> HttpResponse:
    """How much the library is used, by month, record and country of the record."""
    context = {
        "months": queries.by_month(),
        "most": queries.most_used(),
        "countries": [
            (vocabulary.country_name(code), times) for code, times in queries.by_country()
        ],
    }
    return render(request, "library/health/figures.html", context)


@require_safe
@never_cache
@host_required
def figures_table(request: HttpRequest) -> StreamingHttpResponse:
    """The same numbers for a spreadsheet: month, record, what was done, how often."""
    response = StreamingHttpResponse(_table(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="library-figures.csv"'
    return response


class _Line:
    """What a CSV writer writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


def _table() -> Iterator[Any]:
    writer = csv.writer(_Line())
    # A spreadsheet takes UTF-8 for what it is only after this mark.
    yield "\ufeff" + writer.writerow(["month", "record", "title", "what", "times"])
    for month, pk, title, what, times in queries.rows_of_use():
        yield writer.writerow([month.strftime("%Y-%m"), pk, without_formula(title), what, times])
