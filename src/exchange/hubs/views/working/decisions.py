"""Decisions: the list, one with what people say, closing with an outcome in words.
Called by `urls/working.py`."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.core import html, ids
from exchange.hubs import rules as belonging
from exchange.hubs.models.working import Paper, Revision
from exchange.hubs.views.doors import inside_required
from exchange.hubs.views.working import asked
from exchange.hubs.working import decisions, papers, rules
from exchange.hubs.working.errors import ChangedMeanwhile
from exchange.hubs.working.forms import DecisionForm, OutcomeForm, StanceForm

Kind = Paper.Kind
MOST = 100


@require_safe
@inside_required
def listing(request, space):
    rows = Paper.objects.visible_to(request.user).filter(space=space, kind=Kind.DECISION)
    found = list(rows.select_related("author").order_by("-made_at", "-pk")[:MOST])
    for row in found:
        row.space = space
    return asked.page(
        request,
        "decisions",
        space,
        still=[row for row in found if not row.is_settled],
        done=[row for row in found if row.is_settled],
    )


@require_safe
@inside_required
def one(request, space, pk):
    return _page(request, space, asked.paper(request, space, pk, Kind.DECISION))


def _page(request, space, decision, status=200, **forms):
    rows = Paper.objects.visible_to(request.user).filter(parent=decision)
    parts = list(rows.select_related("author", "owner").order_by("made_at", "pk"))
    for row in parts:
        row.space = space
    stances = [row for row in parts if row.kind == Kind.STANCE]
    outcome = next((row for row in parts if row.kind == Kind.OUTCOME), None)
    mine = next((row for row in stances if row.author_id == request.user.pk), None)
    earlier = Revision.objects.none()
    if outcome is not None and outcome.version > 1:
        earlier = outcome.revisions.filter(version__lt=outcome.version, is_held=False)
    said = {"choice": mine.choice, "body": mine.body} if mine else {}
    given = {
        "decision": decision,
        "shown": html.from_markdown(decision.body),
        "outcome_shown": html.from_markdown(outcome.body) if outcome else "",
        "stances": stances,
        "counts": [
            (choice.label, sum(row.choice == choice and row.is_out for row in stances))
            for choice in decisions.STANCES
        ],
        "outcome": outcome,
        "earlier": earlier.select_related("by").order_by("-version"),
        "points": [row for row in parts if row.kind == Kind.ACTION],
        "may_change": rules.may_change(request.user, decision),
        "form": StanceForm(initial=asked.begun(request, **said)),
        "closing": OutcomeForm(
            auto_id="close_%s", initial={"body": outcome.body if outcome else ""}
        ),
        "once": ids.new_id(),
    }
    return asked.page(request, "decision", space, status, **{**given, **forms})


@never_cache
@inside_required
def new(request, space):
    if not rules.may_begin(request.user, space, Kind.DECISION):
        raise Http404
    form = DecisionForm(request.POST or None, initial=asked.begun(request))
    if request.method == "POST" and form.is_valid():
        row = asked.attempt(
            form,
            lambda: papers.write(
                space,
                kind=Kind.DECISION,
                by=request.user,
                written=form.written(),
                due_on=form.cleaned_data["due_on"],
            ),
        )
        if row is not None:
            return asked.gone_to(request, row, _("The group is asked what it says."))
    return _form(request, space, form, _("Ask for a decision"), 0)


@never_cache
@inside_required
def change(request, space, pk):
    decision = asked.paper(request, space, pk, Kind.DECISION)
    if not rules.may_change(request.user, decision):
        raise Http404
    stands = {"title": decision.title, "body": decision.body, "due_on": decision.due_on}
    form = DecisionForm(request.POST or None, initial=stands)
    version = decision.version
    if request.method == "POST" and form.is_valid():
        try:
            row = asked.attempt(
                form,
                lambda: papers.change(
                    decision,
                    by=request.user,
                    written=form.written(),
                    version=asked.version_of(request),
                    due_on=form.cleaned_data["due_on"],
                ),
            )
        except ChangedMeanwhile as newer:
            form.add_error(None, asked.why_not(newer))
            row, version = None, newer.version
        if row is not None:
            return asked.gone_to(request, decision)
    return _form(request, space, form, _("Change what is to be decided"), version)


@require_POST
@inside_required
def say(request, space, pk):
    decision = asked.paper(request, space, pk, Kind.DECISION)
    form = StanceForm(request.POST)
    if form.is_valid():
        row = asked.attempt(
            form,
            lambda: decisions.say(
                decision,
                by=request.user,
                choice=form.cleaned_data["choice"],
                written=form.written(),
            ),
        )
        if row is not None:
            return asked.gone_to(request, row, _("Thank you. The group sees what you say."))
    return _page(request, space, decision, 422, form=form)


@require_POST
@inside_required
def close(request, space, pk):
    decision = asked.paper(request, space, pk, Kind.DECISION)
    if not belonging.hosts(request.user, space.pk):
        raise Http404
    form = OutcomeForm(request.POST, auto_id="close_%s")
    if form.is_valid():
        try:
            row = asked.attempt(
                form,
                lambda: decisions.close(
                    decision,
                    by=request.user,
                    written=form.written(),
                    version=asked.version_of(request),
                ),
            )
        except ChangedMeanwhile as newer:
            form.add_error(None, asked.why_not(newer))
            row = None
        if row is not None:
            row.space = space
            return asked.gone_to(request, row, _("It is closed, and the group is told."))
    return _page(request, space, decision, 422, closing=form)


def _form(request, space, form, title, version):
    return asked.form_page(
        request,
        space,
        form,
        title=title,
        button=_("Keep it"),
        version=version,
        status=422 if form.errors else 200,
    )
