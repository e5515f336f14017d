"""Meetings: the list, one with its agenda and who comes, planning, moving, calling off, calendars.
Called by `urls/working.py`."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exchange.core import hours, ids, zones
from exchange.core.time import now
from exchange.hubs import rules as belonging
from exchange.hubs.models.working import CalendarKey, Coming, Paper, Sitting
from exchange.hubs.views.doors import inside_required
from exchange.hubs.views.working import asked
from exchange.hubs.working import calendars, meetings, papers, rules
from exchange.hubs.working.errors import ChangedMeanwhile
from exchange.hubs.working.forms import MeetingForm, OffForm, PointForm
from exchange.members.doors import member_required
from exchange.members.models import Member

Kind = Paper.Kind
MOST = 60


@require_safe
@inside_required
def listing(request, space):
    rows = Paper.objects.visible_to(request.user).filter(space=space, kind=Kind.MEETING)
    found = list(rows.select_related("sitting").order_by("-sitting__starts_at")[:MOST])
    for row in found:
        row.when = hours.said(row.sitting.starts_at, row.sitting.zone)
    ahead = [row for row in found if not meetings.is_over(row.sitting)]
    past = [row for row in found if meetings.is_over(row.sitting)]
    return asked.page(request, "meetings", space, ahead=ahead[::-1], past=past)


@never_cache
@inside_required
def new(request, space):
    if not rules.may_begin(request.user, space, Kind.MEETING):
        raise Http404
    form = MeetingForm(request.POST or None, space=space, initial=asked.begun(request))
    if request.method == "POST" and form.is_valid():
        row = asked.attempt(
            form,
            lambda: meetings.plan(space, by=request.user, written=form.written(), when=form.when()),
        )
        if row is not None:
            return asked.gone_to(request, row, _("The group is asked to come."))
    return _form(request, space, form, _("Plan a meeting"))


@require_safe
@inside_required
def one(request, space, pk):
    return _page(request, space, asked.paper(request, space, pk, Kind.MEETING))


def _page(request, space, meeting, form=None, status=200):
    parts = Paper.objects.visible_to(request.user).filter(parent=meeting)
    found = list(parts.select_related("author", "owner").order_by("place", "pk"))
    for row in found:
        row.space = space
    comings = list(meeting.comings.select_related("member").order_by("at"))
    sitting = meeting.sitting
    return asked.page(
        request,
        "meeting",
        space,
        status,
        meeting=meeting,
        sitting=sitting,
        when=hours.said(sitting.starts_at, sitting.zone),
        is_over=meetings.is_over(sitting),
        agenda=[one for one in found if one.kind == Kind.AGENDA],
        points=[one for one in found if one.kind == Kind.ACTION],
        notes=next((one for one in found if one.kind == Kind.NOTES), None),
        comings=[(label, _who(comings, code)) for code, label in Coming.Answer.choices],
        mine=next((one.answer for one in comings if one.member_id == request.user.pk), ""),
        answers=Coming.Answer.choices,
        form=form or PointForm(initial=asked.begun(request)),
        once=ids.new_id(),
    )


def _who(comings, answer):
    return [one.member for one in comings if one.answer == answer]


@never_cache
@inside_required
def change(request, space, pk):
    meeting = asked.paper(request, space, pk, Kind.MEETING)
    if not rules.may_change(request.user, meeting):
        raise Http404
    form = MeetingForm(request.POST or None, space=space, initial=_stands(meeting))
    if request.method == "POST" and form.is_valid():
        try:
            row = asked.attempt(
                form,
                lambda: meetings.change(
                    meeting,
                    by=request.user,
                    written=form.written(),
                    when=form.when(),
                    version=asked.version_of(request),
                ),
            )
        except ChangedMeanwhile as newer:
            form.add_error(None, asked.why_not(newer))
            meeting.version, row = newer.version, None
        if row is not None:
            return asked.gone_to(request, meeting)
    return _form(request, space, form, _("Change the meeting"), meeting.version)


def _stands(meeting):
    wall = meeting.sitting.wall
    return {
        "title": meeting.title,
        "body": meeting.body,
        "day": wall[:10],
        "hour": wall[11:],
        "minutes": meeting.sitting.minutes,
        "where": meeting.sitting.where,
        "is_shown": meeting.sitting.is_shown,
    }


def _form(request, space, form, title, version=0):
    clock = _("The hour is that of %(place)s.") % {"place": zones.called(space.time_zone)}
    return asked.form_page(
        request,
        space,
        form,
        title=title,
        button=_("Keep it, and tell the group"),
        lead=clock,
        version=version,
        status=422 if form.errors else 200,
    )


@never_cache
@inside_required
def call_off(request, space, pk):
    meeting = asked.paper(request, space, pk, Kind.MEETING)
    if not belonging.hosts(request.user, space.pk):
        raise Http404
    form = OffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        written = form.written()
        done = asked.attempt(
            form,
            lambda: (
                meetings.call_off(
                    meeting, by=request.user, why=written.body, insist=written.insist
                ),
            ),
        )
        if done is not None:
            return asked.gone_to(request, meeting, _("It is called off, and the group is told."))
    return asked.form_page(
        request,
        space,
        form,
        title=_("Call the meeting off"),
        button=_("Call it off"),
        status=422 if form.errors else 200,
    )


@require_POST
@inside_required
def come(request, space, pk):
    meeting = asked.paper(request, space, pk, Kind.MEETING)
    answer = request.POST.get("answer", "")
    return asked.did(
        request,
        space,
        lambda: meetings.come(meeting, by=request.user, answer=answer),
        meeting.get_absolute_url(),
        _("Thank you. We have noted it."),
    )


@require_POST
@inside_required
def propose(request, space, pk):
    meeting = asked.paper(request, space, pk, Kind.MEETING)
    form = PointForm(request.POST)
    if form.is_valid():
        row = asked.attempt(
            form,
            lambda: meetings.propose(meeting, by=request.user, written=form.written()),
        )
        if row is not None:
            return asked.gone_to(request, row)
    return _page(request, space, meeting, form, 422)


@require_POST
@inside_required
def decide(request, space, pk):
    """A host takes a point on, declines it, or puts it higher."""
    point = asked.paper(request, space, pk, Kind.AGENDA)
    way = request.POST.get("way", "")
    if way == "up":
        act = lambda: meetings.raise_point(point, by=request.user)  # noqa: E731
    else:
        act = lambda: meetings.decide(point, by=request.user, choice=way)  # noqa: E731
    return asked.did(request, space, act, point.get_absolute_url())


@require_safe
@inside_required
def own_file(request, space, pk):
    """The meeting for one's own calendar."""
    meeting = asked.paper(request, space, pk, Kind.MEETING)
    meeting.sitting.paper = meeting
    return _calendar(calendars.own_file(meeting.sitting, request.LANGUAGE_CODE))


@require_safe
def feed(request, key):
    """All meetings of one person's groups, by the key that is theirs alone."""
    row = get_object_or_404(CalendarKey.objects.select_related("member"), key=key)
    member = Member.objects.active().filter(pk=row.member_id).first()
    seen = Paper.objects.visible_to(member).filter(kind=Kind.MEETING).out()
    since = now() - calendars.STAYS
    rows = Sitting.objects.filter(paper__in=seen, starts_at__gt=since)
    found = rows.select_related("paper__space").order_by("starts_at")[:MOST]
    language = member.first_language if member else "en"
    return _calendar(calendars.feed(found, language))


@never_cache
@member_required
def subscription(request):
    """Where one's own calendar is; a new address ends the old one."""
    row, _new = CalendarKey.objects.get_or_create(member=request.user)
    if request.method == "POST":
        papers.renew_key(row)
        return HttpResponseRedirect(reverse("hubs:calendar-own"))
    address = request.build_absolute_uri(reverse("hubs:calendar", args=[row.key]))
    return asked.plain(request, "calendar", address=address)


def _calendar(text):
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response
