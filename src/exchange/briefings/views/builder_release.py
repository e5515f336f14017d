"""Hosts let an edition go, or all of an issue: read, counted, now or at an hour; and take it back.
Called through urls/builder.py; every change by POST."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.briefings.builder import actions, paper, queries, rules, saying
from exchange.briefings.builder.forms import WhenForm
from exchange.briefings.builder.merging import mark_of
from exchange.briefings.errors import NotNow, SamePerson
from exchange.briefings.models import Newsletter
from exchange.briefings.views.builder import issue_asked, people_of, to_edition, to_issue
from exchange.briefings.views.builder_edition import edition_asked
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, Noticed, Refused
from exchange.contributions.noticing import passages
from exchange.members.doors import host_required
from exchange.members.models import Member

_PHASE = Newsletter.Phase


@never_cache
@host_required
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition."""
    row = edition_asked(request, pk)
    return _release(request, [row], queries.editions_of(row.issue), back=to_edition(row))


@never_cache
@host_required
def release_all(request: HttpRequest, pk: int) -> HttpResponse:
    """All editions of an issue that are not released yet, at the same moment."""
    issue = issue_asked(pk)
    every = queries.editions_of(issue)
    rows = [
        one
        for one in every
        if one.phase in (_PHASE.DRAFT, _PHASE.RELEASED)
        and not rules.is_same_person(one, request.user)
    ]
    return _release(request, rows, every, back=to_issue(issue)) if rows else to_issue(issue)


@never_cache
@host_required
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Not yet, after all."""
    row = edition_asked(request, pk)
    try:
        actions.unrelease(edition=row, by=request.user)
    except (NotNow, NotAllowed):
        messages.info(request, _("It has begun to be sent already."))
    else:
        messages.success(request, _("It is not released any more. Nobody has it."))
    return to_edition(row)


def _release(
    request: HttpRequest, rows: list[Newsletter], every: list[Newsletter], *, back: HttpResponse
) -> HttpResponse:
    """Some editions of those that an issue has."""
    items = queries.standing_in(rows)
    letters = [paper.letter(row, paper.shown(row, items[row.pk])) for row in rows]
    seen = mark_of("\0".join(letter.text + letter.html for letter in letters))
    posted = (request.POST,) if request.method == "POST" else ()
    wished = rows[0].send_at if rows[0].phase == _PHASE.RELEASED else None
    form = WhenForm(*posted, country=request.user.country, wished=wished)
    noticed: list[Any] = []
    if request.method == "POST" and form.is_valid():
        if request.POST.get("seen") != seen:
            form.add_error(None, _("It has changed since you read it. Please look once more."))
        else:
            noticed = _let_go(request, form, rows)
            if not (noticed or form.errors):
                return back
    counts = people_of(every)
    people = [counts[row.pk] for row in rows]
    context = {
        "rows": [
            {"edition": row, "name": saying.name_of(row), "letter": letter, "people": count}
            for row, letter, count in zip(rows, letters, people, strict=True)
        ],
        "people": sum(people),
        "needs_two": rows[0].issue.needs_two,
        "is_second": any(row.phase == _PHASE.RELEASED for row in rows),
        "form": form,
        "seen": seen,
        "noticed": noticed,
        "at": "newsletters",
    }
    status = 422 if form.errors or noticed else 200
    return render(request, "briefings/builder/release.html", context, status=status)


def _let_go(request: HttpRequest, form: WhenForm, rows: list[Newsletter]) -> list[Any]:
    """Release what is there; the first that does not go stops the others."""
    for row in rows:
        name = saying.name_of(row)
        try:
            done = actions.release(
                edition=row,
                by=request.user,
                send_at=form.cleaned_data["send_at"],
                insist=bool(request.POST.get("insist")),
            )
        except Noticed as seen:
            content = Content(title=row.title, body=row.body)
            return passages(seen, content, form)
        except Refused:
            said = _("%(name)s: a line or the box could point to a person.")
            form.add_error(None, said % {"name": name})
        except SamePerson:
            said = _("%(name)s: you released it. Another host has to say yes.")
            form.add_error(None, said % {"name": name})
        except (NotNow, NotAllowed):
            form.add_error(None, _("%(name)s: it cannot be released now.") % {"name": name})
        else:
            messages.success(request, _said(done, name, request.user))
    return []


def _said(row: Newsletter, name: str, by: Member) -> str:
    if row.phase == _PHASE.RELEASED:
        return _("%(name)s: released. Another host has to say yes.") % {"name": name}
    when = saying.hour(row.send_at, by) if row.send_at else ""
    return _("%(name)s: goes out on %(when)s.") % {"name": name, "when": when}
