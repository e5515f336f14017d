"""Shared drafts: the list, one, changing it together, its versions, handing it on.
Called by `urls/working.py`."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.core import html
from exchange.hubs import handing
from exchange.hubs.models.working import Paper
from exchange.hubs.views.doors import inside_required
from exchange.hubs.views.working import asked
from exchange.hubs.working import drafts, papers, rules
from exchange.hubs.working.errors import ChangedMeanwhile, NotAllowed, NotNow
from exchange.hubs.working.forms import DraftForm

Kind = Paper.Kind
MOST = 100


@require_safe
@inside_required
def listing(request, space):
    rows = Paper.objects.visible_to(request.user).filter(space=space, kind=Kind.DRAFT)
    found = list(rows.select_related("author").order_by("-changed_at", "-pk")[:MOST])
    for row in found:
        row.space = space
    return asked.page(request, "drafts", space, drafts=found)


@require_safe
@inside_required
def one(request, space, pk):
    draft = asked.paper(request, space, pk, Kind.DRAFT)
    writers = drafts.writers(draft)
    agreeing = drafts.agreeing(draft) if draft.is_settled else set()
    wanted = [writer for writer in writers if writer.pk not in agreeing]
    return asked.page(
        request,
        "draft",
        space,
        draft=draft,
        shown=html.from_markdown(draft.body),
        writers=[(writer, writer.pk in agreeing) for writer in writers],
        is_asked=any(writer.pk == request.user.pk for writer in wanted),
        is_agreed=not [one for one in wanted if one.pk != request.user.pk],
        ways=handing.ways(),
    )


@never_cache
@inside_required
def new(request, space):
    if not rules.may_begin(request.user, space, Kind.DRAFT):
        raise Http404
    form = DraftForm(request.POST or None, initial=asked.begun(request))
    del form.fields["why"]
    if request.method == "POST" and form.is_valid():
        row = asked.attempt(
            form,
            lambda: papers.write(space, kind=Kind.DRAFT, by=request.user, written=form.written()),
        )
        if row is not None:
            return asked.gone_to(request, row)
    return _form(request, space, form, _("Begin a shared draft"), 0)


@never_cache
@inside_required
def change(request, space, pk):
    draft = asked.paper(request, space, pk, Kind.DRAFT)
    if not rules.may_change(request.user, draft):
        raise Http404
    stands = asked.begun(request, title=draft.title, body=draft.body)
    form = DraftForm(request.POST or None, initial=stands)
    version, conflict = draft.version, None
    if request.method == "POST" and form.is_valid():
        try:
            row = asked.attempt(
                form,
                lambda: papers.change(
                    draft,
                    by=request.user,
                    written=form.written(),
                    version=asked.version_of(request),
                ),
            )
        except ChangedMeanwhile as newer:
            row, conflict, version = None, draft, newer.version
        if row is not None:
            if papers.waits(row):
                row.state = Paper.State.HELD
            return asked.gone_to(request, row)
    return _form(request, space, form, draft.title, version, pk=draft.pk, conflict=conflict)


def _form(request, space, form, title, version, *, pk=0, conflict=None):
    return asked.form_page(
        request,
        space,
        form,
        title=title,
        button=_("Keep the text"),
        version=version,
        keep=f"revise-paper-{pk}" if pk else "",
        conflict=conflict,
        status=409 if conflict else 422 if form.errors else 200,
    )


@require_safe
@inside_required
def versions(request, space, pk):
    """Every version with who, when and why; two of them compared in plain words."""
    draft = asked.paper(request, space, pk, Kind.DRAFT)
    rows = draft.revisions.filter(is_held=False).select_related("by").order_by("-version")
    found = list(rows)
    old, new = _of(found, request.GET.get("old", "")), _of(found, request.GET.get("new", ""))
    if new is None and found:
        new, old = found[0], found[1] if len(found) > 1 else None
    lines = drafts.compared(old.body, new.body) if old and new else []
    return asked.page(
        request, "versions", space, draft=draft, versions=found, old=old, new=new, lines=lines
    )


def _of(found, given):
    return next((row for row in found if str(row.version) == given), None)


@require_POST
@inside_required
def restore(request, space, pk):
    draft = asked.paper(request, space, pk, Kind.DRAFT)
    revision = _of(list(draft.revisions.all()), request.POST.get("restore", ""))
    if revision is None:
        raise Http404
    return asked.did(
        request,
        space,
        lambda: papers.restore(
            draft, by=request.user, revision=revision, version=asked.version_of(request)
        ),
        draft.get_absolute_url(),
        _("The earlier text stands again. The other one is among its versions."),
    )


@require_POST
@inside_required
def ready(request, space, pk):
    draft = asked.paper(request, space, pk, Kind.DRAFT)
    is_ready = request.POST.get("ready") == "1"
    words = _("It is ready. Everybody who wrote in it is asked for a yes.")
    return asked.did(
        request,
        space,
        lambda: drafts.make_ready(draft, by=request.user, is_ready=is_ready),
        draft.get_absolute_url(),
        words if is_ready else _("It is open again."),
    )


@require_POST
@inside_required
def consent(request, space, pk):
    draft = asked.paper(request, space, pk, Kind.DRAFT)
    agrees = request.POST.get("agrees") == "1"
    return asked.did(
        request,
        space,
        lambda: drafts.consent(draft, by=request.user, agrees=agrees),
        draft.get_absolute_url(),
        _("Thank you. We have noted it."),
    )


@require_POST
@inside_required
def hand_on(request, space, pk):
    """Opens the form of the Exchange with the text in it; nothing goes out by this."""
    draft = asked.paper(request, space, pk, Kind.DRAFT)
    try:
        address = drafts.hand_on(draft, by=request.user, way=request.POST.get("way", ""))
    except (NotAllowed, NotNow) as refusal:
        messages.error(request, asked.why_not(refusal))
        return HttpResponseRedirect(draft.get_absolute_url())
    return HttpResponseRedirect(address)
