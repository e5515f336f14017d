"""The queue of one hub or group, for its own hosts: what waits there and nothing else.
Reached through urls.py by hosts of that space who have shown a second factor; to others it does not exist."""

from dataclasses import replace
from functools import partial, wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from exchange.contributions.pictures import queries as pictures
from exchange.desk import actions
from exchange.desk.queries import authors, held, items
from exchange.desk.queries import morning as queues
from exchange.desk.views.queue import decide_revision, decision
from exchange.hubs import queueing
from exchange.hubs.models import Membership, Space
from exchange.hubs.rules import hosts
from exchange.members.doors import second_factor_required


def _host_somewhere(member):
    return Membership.objects.of(member).filter(role=Membership.Role.HOST).exists()


def _for_its_hosts(view):
    """Called with the space itself. Who hosts another one finds nothing here."""

    @second_factor_required(may=_host_somewhere, room="/hubs/")
    @never_cache
    @wraps(view)
    def door(request, slug, **more):
        space = get_object_or_404(Space.objects.visible_to(request.user), slug=slug)
        if not hosts(request.user, space.pk):
            raise Http404
        return view(request, space, **more)

    return door


@require_GET
@_for_its_hosts
def queue(request, space):
    waiting = queues.in_space(space, request.user)
    unseen = [
        one
        for one in pictures.waiting(request.user)
        if one.picture.contribution.space_id == space.pk
    ]
    said = list(messages.get_messages(request))
    context = {
        "space": space,
        "waiting": waiting,
        "others": queueing.standing(space, request.user),
        "held": held.held_in(space, request.user),
        "said": said,
        "messages": [one for one in said if one.extra_tags not in waiting.places],
        "evidence": pictures.evidence(unseen),
        "pictures": [one for one in unseen if pictures.waits_alone(one, waiting.places)],
    }
    return render(request, "desk/spaces/queue.html", context)


@require_http_methods(["GET", "POST"])
@_for_its_hosts
def contribution(request, space, pk):
    row = get_object_or_404(queues.contributions_to_read(request.user).filter(space=space), pk=pk)
    item = items.of_contribution(row, request.user, authors.before([row.author], host=request.user))
    decide = partial(actions.decide_contribution, contribution=row, by=request.user)
    return _decision(request, space, item, decide, row)


@require_http_methods(["GET", "POST"])
@_for_its_hosts
def reply(request, space, pk):
    rows = queues.replies_to_read(request.user).filter(contribution__space=space)
    row = get_object_or_404(rows, pk=pk)
    item = items.of_reply(row, request.user, authors.before([row.author], host=request.user))
    decide = partial(actions.decide_reply, reply=row, by=request.user)
    return _decision(request, space, item, decide, row)


@require_http_methods(["GET", "POST"])
@_for_its_hosts
def revision(request, space, pk):
    row = get_object_or_404(queues.changes_waiting().filter(contribution__space=space), pk=pk)
    item = items.of_revision(row, request.user, authors.before([row.by], host=request.user))
    return _decision(request, space, item, partial(decide_revision, row, request.user), None, row)


def _decision(request, space, item, decide, row, change=None):
    return decision(
        request,
        replace(item, in_its_queue=True),
        decide=decide,
        about=row or change.contribution,
        is_open=change is not None or row.state in queues.UNDECIDED,
        back=reverse("inside:queue", args=[space.slug]),
    )
