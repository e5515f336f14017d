"""What waits for the hosts of a group, taking a paper away, and stopping letters from a mail program.
Called by `urls/working.py`."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exchange.hubs import rules as belonging
from exchange.hubs.belonging.actions import set_level
from exchange.hubs.models import Membership
from exchange.hubs.models.working import Paper
from exchange.hubs.views.doors import inside_required
from exchange.hubs.views.working import asked
from exchange.hubs.working import decisions, papers
from exchange.hubs.working.beside import held_changes
from exchange.mail import tokens
from exchange.mail.tokens import BadToken, Expired, What
from exchange.members.models import Member

MOST = 50
OF_THEIR_OWN = (Paper.Kind.MEETING, Paper.Kind.DECISION, Paper.Kind.DRAFT, Paper.Kind.ACTION)


@require_safe
@inside_required
def waiting(request, space):
    """Words that a gate or the group's own rule held, the oldest first."""
    if not belonging.hosts(request.user, space.pk):
        raise Http404
    rows = Paper.objects.visible_to(request.user).filter(space=space, state=Paper.State.HELD)
    held = list(rows.select_related("author", "parent").order_by("changed_at", "pk")[:MOST])
    for row in held:
        row.space = space
    changes = held_changes(space).select_related("paper", "by").order_by("at", "pk")[:MOST]
    return asked.page(request, "waiting", space, held=held, changes=changes)


@require_POST
@inside_required
def decide(request, space, pk):
    """A host lets words out, or does not."""
    row = asked.paper(request, space, pk, *Paper.Kind.values)
    back = reverse("hubs:papers-waiting", args=[space.slug])
    if request.POST.get("way") != "out":
        return asked.did(
            request, space, lambda: papers.turn_down(row, by=request.user), back, _("It is gone.")
        )

    def let_out():
        papers.let_out(row, by=request.user, version=asked.version_of(request))
        if row.kind == Paper.Kind.OUTCOME:
            decisions.outcome_let_out(row, by=request.user)

    return asked.did(request, space, let_out, back, _("The group sees it now."))


@require_POST
@inside_required
def take_away(request, space, pk):
    row = asked.paper(request, space, pk, *Paper.Kind.values)
    back = row.get_absolute_url()
    if row.kind in (*OF_THEIR_OWN, Paper.Kind.FILE):
        back = reverse("hubs:space", args=[space.slug])
    return asked.did(
        request, space, lambda: papers.take_away(row, by=request.user), back, _("It is gone.")
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """From the header of a letter, at one click (RFC 8058); looking changes nothing."""
    try:
        read = tokens.read(token)
    except (BadToken, Expired):
        read = None
    member = _owner(read)
    if member is None:
        return HttpResponse(status=404)
    with override(member.first_language):
        if request.method == "POST":
            rows = Membership.objects.of(member).filter(space_id=read.item)
            for place in rows.select_related("member"):
                set_level(place=place, level=Membership.Level.OFF)
        return render(request, "hubs/working/stop.html", {"done": request.method == "POST"})


def _owner(read):
    if read is None or read.what is not What.PAPER_STOP:
        return None
    return Member.objects.active().filter(pk=read.person).first()
