"""Notes of a meeting: typed on a phone, kept as often as one likes, finished once.
Called by `urls/working.py`."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.core import html
from exchange.hubs import rules as belonging
from exchange.hubs.models.working import Paper
from exchange.hubs.views.doors import inside_required
from exchange.hubs.views.working import asked
from exchange.hubs.working import notes
from exchange.hubs.working.errors import ChangedMeanwhile
from exchange.hubs.working.forms import NotesForm

Kind = Paper.Kind


@require_safe
@inside_required
def one(request, space, pk):
    """What was kept of it."""
    meeting = asked.paper(request, space, pk, Kind.MEETING)
    row = _row(request, meeting)
    if row is None:
        raise Http404
    return asked.page(
        request, "notes", space, meeting=meeting, notes=row, shown=html.from_markdown(row.body)
    )


@never_cache
@inside_required
def write(request, space, pk):
    meeting = asked.paper(request, space, pk, Kind.MEETING)
    if not space.is_open or not belonging.may_write(request.user, space.pk):
        raise Http404
    row = _row(request, meeting)
    version = row.version if row else 0
    body = row.body if row else notes.begun(meeting)
    form = NotesForm(request.POST or None, initial=asked.begun(request, body=body))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            kept = asked.attempt(
                form,
                lambda: notes.save(
                    meeting,
                    by=request.user,
                    written=form.written(),
                    version=asked.version_of(request),
                ),
            )
        except ChangedMeanwhile as newer:
            kept, conflict, version = None, _row(request, meeting), newer.version
        if kept is not None:
            kept.space = space
            return asked.gone_to(request, kept)
    status = 409 if conflict else 422 if form.errors else 200
    return asked.form_page(
        request,
        space,
        form,
        title=_("Notes: %(meeting)s") % {"meeting": meeting.title},
        button=_("Keep the notes"),
        version=version,
        keep=f"revise-paper-notes-{meeting.pk}",
        conflict=conflict,
        status=status,
    )


@require_POST
@inside_required
def finish(request, space, pk):
    meeting = asked.paper(request, space, pk, Kind.MEETING)
    row = _row(request, meeting)
    if row is None:
        raise Http404
    return asked.did(
        request,
        space,
        lambda: notes.finish(row, by=request.user),
        reverse("hubs:notes", args=[space.slug, meeting.pk]),
        _("The notes are finished and go to the group."),
    )


def _row(request, meeting):
    rows = Paper.objects.visible_to(request.user).filter(parent=meeting, kind=Kind.NOTES)
    row = rows.select_related("author").first()
    if row is not None:
        row.space = meeting.space
    return row
