"""Following a place: how much to hear of it; and why something came.
Called through `alerts.urls`."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exchange.alerts.models import Level, Watch
from exchange.alerts.telling import queries as telling
from exchange.alerts.watching import actions, overview, queries, rules, words
from exchange.alerts.watching.forms import LevelForm
from exchange.alerts.wishing.queries import wishes_of
from exchange.contributions.errors import TooMany
from exchange.contributions.models import Contribution, Notice
from exchange.conversation import marks
from exchange.conversation.models import Follow, Reply
from exchange.mail.models import OutgoingMail
from exchange.members.doors import member_required, member_required_keeping_text
from exchange.organisations.models import Organisation


@never_cache
@member_required_keeping_text
def follow(request: HttpRequest, kind: str, value: str = "") -> HttpResponse:
    """How much to hear of one place; a visitor signs in and comes back."""
    asked = _place(request, kind, value)
    if request.method == "POST":
        return _save(request, asked)
    return _page(request, asked, LevelForm())


def _save(request: HttpRequest, asked: Watch) -> HttpResponse:
    form = LevelForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, form, status=422)
    try:
        actions.watch(
            member=request.user,
            kind=asked.kind,
            value=asked.value,
            level=form.cleaned_data["level"],
            label=asked.label,
        )
    except actions.NoSuchPlace:
        raise Http404 from None
    except TooMany:
        form.add_error(None, _("You follow very much already. Stop something first."))
        return _page(request, asked, form, status=422)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(overview.url_of(asked) or reverse("alerts:mail"))


def _page(
    request: HttpRequest, asked: Watch, form: LevelForm, *, status: int = 200
) -> HttpResponse:
    kept = queries.one_of(request.user, asked.kind, asked.value)
    context = {
        "name": words.name_of(asked),
        "url": overview.url_of(asked),
        "watch": kept if kept and kept.level != Level.OFF else None,
        "rule": overview.rule_of_watch(kept, wishes_of(request.user)) if kept else "",
        "levels": Level.choices,
        "form": form,
    }
    return render(request, "alerts/follow.html", context, status=status)


def _place(request: HttpRequest, kind: str, value: str) -> Watch:
    """What the address asks for, as a watch that is not kept; an organisation is asked for by
    one of its notices."""
    if kind == Watch.Kind.ORGANISATION:
        return _organisation(request, value)
    if rules.is_in_vocabulary(kind):
        value = rules.known(kind, value)
    asked = Watch(member=request.user, kind=kind, value=value)
    known = {
        Watch.Kind.HELP: not value,
        Watch.Kind.PERSON: value != str(request.user.pk) and value in words.people_of([asked]),
    }.get(kind, rules.is_in_vocabulary(kind) and bool(value))
    if not known:
        raise Http404
    return asked


def _organisation(request: HttpRequest, value: str) -> Watch:
    if page := Organisation.objects.public().filter(slug=value).first():
        return Watch(
            member=request.user, kind=Watch.Kind.ORGANISATION, value=page.slug, label=page.name
        )
    number = int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0
    notices = Notice.objects.visible_to(request.user).public()
    notice = notices.filter(pk=number).select_related("by_organisation").first()
    name = notice.organisation if notice else ""
    slug = queries.organisation_of(notice) if notice else ""
    if not slug:
        raise Http404
    return Watch(member=request.user, kind=Watch.Kind.ORGANISATION, value=slug, label=name)


@require_POST
@never_cache
@member_required
def change(request: HttpRequest) -> HttpResponse:
    """From the list: another level for one thing, or nothing of it any more."""
    form = LevelForm(request.POST)
    sort, _colon, number = request.POST.get("what", "").partition(":")
    if not form.is_valid() or not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404
    level = form.cleaned_data["level"]
    if sort == "watch":
        row = get_object_or_404(Watch, member=request.user, pk=int(number))
        actions.set_level(watch=row, level=level)
    elif sort == "contribution":
        kept = get_object_or_404(
            Follow.objects.select_related("contribution"),
            member=request.user,
            contribution_id=int(number),
        )
        marks.follow(member=request.user, contribution=kept.contribution, level=level)
    else:
        raise Http404
    messages.success(request, _("Saved."))
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdecimal() and len(page) < 6 else ""
    return HttpResponseRedirect(reverse("alerts:mail") + query)


@never_cache
@member_required
def why(request: HttpRequest, item: str) -> HttpResponse:
    """Why did I get this? Every rule of this member that looks at it, the one that decides first,
    and what was sent."""
    row, reply = _asked_about(request, item)
    wishes = wishes_of(request.user)
    kept = Follow.objects.filter(member=request.user, contribution_id=row.pk).first()
    watches = overview.looking_at(request.user, row, queries.of_member(request.user))
    people = words.people_of(watches)
    told = OutgoingMail.objects.filter(person=request.user.pk, item=item).order_by("-pk").first()
    context = {
        "row": row,
        "reply": reply,
        "follow_rule": overview.rule_of_follow(kept, wishes) if kept else "",
        "watch_rules": [overview.rule_of_watch(one, wishes, people) for one in watches],
        "refused": bool(kept and kept.level == Follow.Level.OFF),
        "told": told,
    }
    return render(request, "alerts/why.html", context)


def _asked_about(request: HttpRequest, item: str) -> tuple[Contribution, Reply | None]:
    """What the code stands for, if this member may read it."""
    reply = None
    number = telling.number_in(item, "contribution")
    if reply_id := telling.number_in(item, "reply"):
        replies = Reply.objects.visible_to(request.user).public()
        reply = get_object_or_404(replies, pk=min(reply_id, 2**63 - 1))
        number = reply.contribution_id
    rows = Contribution.objects.visible_to(request.user).public()
    return get_object_or_404(rows, pk=min(number, 2**63 - 1)), reply
