"""Hosts begin a newsletter and see its editions: the list, and one issue.
Called through urls/builder.py; every page stands under /desk/newsletters/."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from exchange.briefings.builder import actions, queries, rules, saying
from exchange.briefings.builder.forms import IssueForm, OneMoreForm
from exchange.briefings.models import Issue, Newsletter
from exchange.briefings.sending.choosing import edition_for
from exchange.core import ids, languages
from exchange.core.time import now
from exchange.members.doors import host_required, unsent

# The number of an edition stands behind it.
_LONGEST_KEY = 34


@never_cache
@host_required
def overview(request: HttpRequest) -> HttpResponse:
    """All issues, and a new one in one click."""
    issues, readers = queries.issues(), queries.readers()
    counts = _counts(readers)
    first = _first_words(issues, readers)
    if request.method == "POST":
        form = IssueForm(request.POST, counts=counts)
        if form.is_valid():
            issue = _begin(request, form, readers)
            messages.success(request, _("It is begun, and has drafted itself. Nobody has it yet."))
            return to_issue(issue)
    else:
        form = IssueForm(initial={**first, **unsent(request)}, counts=counts)
    context = {
        "form": form,
        "issues": [(one, [(row, saying.name_of(row)) for row in one.known]) for one in issues],
        "once": request.POST.get("once") or ids.new_id(),
        "name": first["name"],
        "since": first["since"],
        "at": "newsletters",
    }
    status = 422 if form.errors else 200
    return render(request, "briefings/builder/overview.html", context, status=status)


@never_cache
@host_required
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue: its editions, how many people each goes to, and how far it has come."""
    row = issue_asked(pk)
    form = OneMoreForm(request.POST) if request.method == "POST" else OneMoreForm()
    if request.method == "POST" and form.is_valid():
        return to_edition(actions.add_edition(issue=row, by=request.user, **form.cleaned_data))
    editions = queries.editions_of(row)
    people = people_of(editions)
    context = {
        "issue": row,
        "editions": [
            {"row": one, "name": saying.name_of(one), "people": people[one.pk]} for one in editions
        ],
        "to_release": any(one.phase in ("draft", "released") for one in editions),
        "form": form,
        "at": "newsletters",
    }
    status = 422 if form.errors else 200
    return render(request, "briefings/builder/issue.html", context, status=status)


def issue_asked(pk: int) -> Issue:
    """The issue of an address, or 404."""
    row = Issue.objects.filter(pk=pk).first() if pk < 2**63 else None
    if row is None:
        raise Http404
    return row


def people_of(editions: list[Newsletter]) -> dict[int, int]:
    """How many get each of all the editions of an issue."""
    found = {one.pk: 0 for one in editions}
    for (hub, language), count in queries.readers().items():
        theirs = edition_for(editions, hub=hub, language=language)
        if theirs is not None:
            found[theirs.pk] += count
    return found


def to_issue(row: Issue) -> HttpResponse:
    return HttpResponseRedirect(reverse("briefings-desk:issue", args=[row.pk]))


def to_edition(row: Newsletter, place: str = "", **asked: Any) -> HttpResponse:
    query = {name: words for name, words in asked.items() if words}
    address = reverse("briefings-desk:edition", args=[row.pk], query=query or None)
    return HttpResponseRedirect(f"{address}#{place}" if place else address)


def _begin(request: HttpRequest, form: IssueForm, readers: dict[tuple[str, str], int]) -> Issue:
    given = form.cleaned_data
    return actions.begin(
        name=given["name"],
        since=given["since"],
        until=given["until"],
        languages=given["languages"],
        hubs=[(hub, _language_at(hub, readers, given["languages"])) for hub in given["hubs"]],
        by=request.user,
        needs_two=given["needs_two"],
        once_key=ids.sent_back(request.POST.get("once", ""))[:_LONGEST_KEY],
    )


def _first_words(issues: list[Issue], readers: dict[tuple[str, str], int]) -> dict[str, Any]:
    """What the form says before anybody touches it."""
    today = now().date()
    last = issues[0] if issues else None
    since = last.until + timedelta(days=1) if last else today - rules.FIRST_PERIOD
    read = {language for _hub, language in readers if language in languages.INTERFACE}
    return {
        "name": saying.name_of_issue(today),
        "since": min(since, today),
        "until": today,
        "languages": sorted(read, key=languages.INTERFACE.index) or ["en"],
        "hubs": sorted({one.hub for one in last.known if one.hub}) if last else [],
        "needs_two": last.needs_two if last else False,
    }


def _counts(readers: dict[tuple[str, str], int]) -> dict[str, int]:
    """How many people read each language, and belong to each hub."""
    found: dict[str, int] = {}
    for (hub, language), count in readers.items():
        found[language] = found.get(language, 0) + count
        if hub:
            found[f"hub:{hub}"] = found.get(f"hub:{hub}", 0) + count
    return found


def _language_at(hub: str, readers: dict[tuple[str, str], int], chosen: list[str]) -> str:
    """The one most of a hub's subscribers read, of those this issue is made in."""
    counts = {one: readers.get((hub, one), 0) for one in chosen}
    return max(chosen, key=lambda one: counts[one])
