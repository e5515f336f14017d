"""Points of action: the list, one, giving it to somebody, done by a tap.
Called by `urls/working.py`."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.hubs.belonging.queries import roster
from exchange.hubs.models import Membership
from exchange.hubs.models.working import Paper
from exchange.hubs.views.doors import inside_required
from exchange.hubs.views.working import asked
from exchange.hubs.working import points, rules
from exchange.hubs.working.errors import ChangedMeanwhile
from exchange.hubs.working.forms import TaskForm

Kind = Paper.Kind
MOST = 200
MOST_DONE = 20


@require_safe
@inside_required
def listing(request, space):
    """Open ones, one's own first; then what was done lately."""
    rows = Paper.objects.visible_to(request.user).filter(space=space, kind=Kind.ACTION)
    rows = rows.select_related("owner", "author", "parent")
    still = list(rows.filter(settled_at=None).order_by("due_on", "pk")[:MOST])
    done = list(rows.exclude(settled_at=None).order_by("-settled_at")[:MOST_DONE])
    for row in (*still, *done):
        row.space = space
    still.sort(key=lambda row: row.owner_id != request.user.pk)
    return asked.page(request, "points", space, still=still, done=done)


@require_safe
@inside_required
def one(request, space, pk):
    point = asked.paper(request, space, pk, Kind.ACTION)
    if point.parent is not None:
        point.parent.space = space
    may = {
        "may_settle": rules.may_settle(request.user, point),
        "may_change": rules.may_change(request.user, point),
    }
    return asked.page(request, "point", space, point=point, **may)


@never_cache
@inside_required
def new(request, space):
    if not rules.may_begin(request.user, space, Kind.ACTION):
        raise Http404
    source = _source(request, space)
    form = TaskForm(request.POST or None, people=_people(space), initial=asked.begun(request))
    if request.method == "POST" and form.is_valid():
        row = asked.attempt(
            form,
            lambda: points.add(
                space, by=request.user, written=form.written(), task=form.task(), source=source
            ),
        )
        if row is not None:
            return asked.gone_to(request, row)
    return _form(request, space, form, _("A point of action"), 0)


@never_cache
@inside_required
def change(request, space, pk):
    point = asked.paper(request, space, pk, Kind.ACTION)
    if not rules.may_change(request.user, point):
        raise Http404
    stands = {
        "title": point.title,
        "body": point.body,
        "owner": point.owner_id,
        "owner_name": point.owner_name,
        "due_on": point.due_on,
    }
    form = TaskForm(request.POST or None, people=_people(space), initial=stands)
    version = point.version
    if request.method == "POST" and form.is_valid():
        try:
            row = asked.attempt(
                form,
                lambda: points.change(
                    point,
                    by=request.user,
                    written=form.written(),
                    task=form.task(),
                    version=asked.version_of(request),
                ),
            )
        except ChangedMeanwhile as newer:
            form.add_error(None, asked.why_not(newer))
            row, version = None, newer.version
        if row is not None:
            return asked.gone_to(request, point)
    return _form(request, space, form, _("Change the point"), version)


@require_POST
@inside_required
def mark(request, space, pk):
    point = asked.paper(request, space, pk, Kind.ACTION)
    is_done = request.POST.get("done") == "1"
    words = _("Done. Thank you.") if is_done else _("It is open again.")
    return asked.did(
        request,
        space,
        lambda: points.mark(point, by=request.user, is_done=is_done),
        point.get_absolute_url(),
        words,
    )


def _people(space):
    rows = roster(space).exclude(role=Membership.Role.GUEST)
    return [row.member for row in rows]


def _source(request, space):
    given = request.GET.get("from", "")
    if not given.isdecimal() or len(given) > 18:
        return None
    rows = Paper.objects.visible_to(request.user)
    return rows.filter(space=space, pk=int(given), kind__in=(Kind.MEETING, Kind.DECISION)).first()


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
