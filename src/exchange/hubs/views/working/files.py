"""Files of a group: the list with sizes, sending one from a phone, versions, the bytes for those inside.
Called by `urls/working.py`."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchange.core import cleaning
from exchange.hubs.models.working import Kept, Paper
from exchange.hubs.views.doors import inside_required
from exchange.hubs.views.working import asked
from exchange.hubs.working import files, rules
from exchange.hubs.working.forms import FileForm, VersionForm

Kind = Paper.Kind
MOST = 200
# Nothing in it runs, and it reaches nothing, even where a browser opens it in its own window.
_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store, no-transform",
    "X-Robots-Tag": "noindex",
}


@require_safe
@inside_required
def listing(request, space):
    rows = Paper.objects.visible_to(request.user).filter(space=space, kind=Kind.FILE)
    found = list(
        rows.select_related("author").prefetch_related("kept").order_by("-made_at", "-pk")[:MOST]
    )
    for row in found:
        row.space = space
        row.newest = max(row.kept.all(), key=lambda one: one.version, default=None)
    return asked.page(request, "files", space, files=found, room=files.room_left(space))


@require_safe
@inside_required
def one(request, space, pk):
    paper = asked.paper(request, space, pk, Kind.FILE)
    versions = list(paper.kept.select_related("by").order_by("-version"))
    return asked.page(
        request,
        "file",
        space,
        file=paper,
        newest=versions[0] if versions else None,
        versions=versions[1:],
        may_take=rules.may_take_away(request.user, paper),
    )


@never_cache
@inside_required
def new(request, space):
    if not rules.may_begin(request.user, space, Kind.FILE):
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = _attempt(
            form,
            lambda: files.add(
                space,
                by=request.user,
                upload=form.cleaned_data["file"],
                written=form.written(),
            ),
        )
        if row is not None:
            row.space = space
            return asked.gone_to(request, row)
    return _form(request, space, form, _("Send a file to the group"))


@never_cache
@inside_required
def replace(request, space, pk):
    paper = asked.paper(request, space, pk, Kind.FILE)
    if not rules.may_begin(request.user, space, Kind.FILE):
        raise Http404
    form = VersionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = _attempt(
            form,
            lambda: files.replace(
                paper,
                by=request.user,
                upload=form.cleaned_data["file"],
                insist=form.written().insist,
            ),
        )
        if kept is not None:
            return asked.gone_to(request, paper)
    return _form(request, space, form, _("A newer version"))


@require_safe
@inside_required
def file_bytes(request, space, key, name):
    """One version, for those inside, asked for anew each time."""
    seen = Paper.objects.visible_to(request.user).filter(space=space)
    kept = Kept.objects.filter(key=key, paper__in=seen).first()
    if kept is None:
        raise Http404
    try:
        pieces = files.pieces(kept)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = HttpResponse() if request.method == "HEAD" else StreamingHttpResponse(pieces)
    response["Content-Type"] = kept.media_type
    response["Content-Length"] = str(kept.size)
    response["Content-Disposition"] = content_disposition_header(True, kept.name)
    for header, value in _HEADERS.items():
        response[header] = value
    return response


def _attempt(form, do):
    try:
        return asked.attempt(form, do)
    except cleaning.NotTaken as refusal:
        form.add_error("file", refusal.why or _("No files can be kept here at the moment."))
    return None


def _form(request, space, form, title):
    lead = _("Names of authors, places in photos and scripts are taken out of it.")
    return asked.form_page(
        request,
        space,
        form,
        title=title,
        button=_("Send it"),
        lead=lead,
        status=422 if form.errors else 200,
    )
